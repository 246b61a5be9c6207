from django.urls import path

from planning.views import gates, plan, rounds

app_name = "planning"
urlpatterns = [
    path("k/<str:number>/runder/ny/", rounds.new, name="new"),
    path("k/<str:number>/runder/<int:pk>/ny/", rounds.new_from, name="new_from"),
    path("k/<str:number>/runder/<int:pk>/endre/", rounds.edit, name="edit"),
    path("k/<str:number>/runder/<int:pk>/referansegruppe/ny/", rounds.new_member, name="new_member"),
    path("k/<str:number>/runder/<int:pk>/referansegruppe/<int:member>/", rounds.member, name="member"),
    path("k/<str:number>/runder/<int:pk>/referansegruppe/<int:member>/ut/", rounds.remove_member, name="remove_member"),
    path("k/<str:number>/runder/<int:pk>/plan/", plan.plan, name="plan"),
    path("k/<str:number>/runder/<int:pk>/plan/ny/", plan.new_task, name="new_task"),
    path("k/<str:number>/runder/<int:pk>/plan/<int:task>/", plan.task, name="task"),
    path("k/<str:number>/runder/<int:pk>/plan/<int:task>/tilstand/", plan.state, name="state"),
    path("k/<str:number>/runder/<int:pk>/plan/steg/<int:step>/rekkefolge/", plan.order, name="order"),
    path("k/<str:number>/runder/<int:pk>/plan/krav/<str:key>/", gates.pass_on, name="pass_gate"),
    path("k/<str:number>/runder/<int:pk>/plan/krav/<str:key>/tilbake/", gates.take_back, name="take_pass_back"),
]
