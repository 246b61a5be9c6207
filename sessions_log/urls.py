from django.urls import path

from sessions_log.views import evaluations, gatherings, goals, greetings, interviews, invitations, letters, log, plan

app_name = "sessions_log"
urlpatterns = [
    path("k/<str:number>/samlinger/", gatherings.gatherings, name="gatherings"),
    path("k/<str:number>/samlinger/ny/", plan.new, name="new"),
    path("k/<str:number>/samlinger/utkast/", plan.draft, name="draft"),
    path("k/<str:number>/samlinger/<int:pk>/", gatherings.gathering, name="gathering"),
    path("k/<str:number>/samlinger/<int:pk>/plan/", plan.edit, name="edit"),
    path("k/<str:number>/samlinger/<int:pk>/inviter/", invitations.preview, name="preview"),
    path("k/<str:number>/samlinger/<int:pk>/meldinger/", gatherings.letters, name="letters"),
    path("k/<str:number>/samlinger/<int:pk>/svar/<int:family>/", gatherings.reply, name="reply"),
    path("k/<str:number>/samlinger/<int:pk>/ringt/<int:family>/", gatherings.call, name="call"),
    path("k/<str:number>/samlinger/<int:pk>/avlys/", gatherings.cancel, name="cancel"),
    path("k/<str:number>/samlinger/<int:pk>/tolk/", gatherings.interpreter, name="interpreter"),
    path("k/<str:number>/samlinger/<int:pk>/skyss/", gatherings.lifts, name="lifts"),
    path("k/<str:number>/samlinger/<int:pk>/logg/", log.log, name="log"),
    path("k/<str:number>/samlinger/<int:pk>/takk/", greetings.thanks, name="thanks"),
    path("k/<str:number>/grupper/<int:pk>/velkommen/", greetings.welcome, name="welcome"),
    path("k/<str:number>/grupper/<int:pk>/mal/", goals.goal, name="goal"),
    path("k/<str:number>/runder/<int:pk>/sluttsamtaler/", interviews.interviews, name="interviews"),
    path("k/<str:number>/runder/<int:pk>/evaluering/", evaluations.evaluation, name="evaluation"),
    path("k/<str:number>/runder/<int:pk>/evaluering/utkast/", evaluations.evaluation_draft, name="evaluation_draft"),
    path("k/<str:number>/sluttsamtaler/<int:pk>/", interviews.interview, name="interview"),
    path("k/<str:number>/sluttsamtaler/<int:pk>/utkast/", interviews.interview_draft, name="interview_draft"),
    path("k/<str:number>/sluttsamtaler/<int:pk>/steg/", interviews.next_step, name="next_step"),
    path("k/<str:number>/sluttsamtaler/<int:pk>/uteble/", interviews.interview_absence, name="interview_absence"),
    path("k/<str:number>/debrief/<int:pk>/", log.debrief, name="debrief"),
    path("k/<str:number>/brev/<int:message>/prov-igjen/", letters.retry, name="retry"),
    path("k/<str:number>/brev/<int:message>/ring-i-stedet/", letters.call_instead, name="call_instead"),
    path("k/<str:number>/brev/<int:message>/ringt/", letters.called, name="called"),
]
