from django.urls import path

from answers.views import inbox, incoming, own_pages

app_name = "answers"
urlpatterns = [
    path("sms/svar/", incoming.incoming, name="incoming"),
    path("s/<str:token>", own_pages.own_page_view, name="own_page"),
    path("s/<str:token>/samling.ics", own_pages.own_calendar, name="own_calendar"),
    path("k/<str:number>/svar/", inbox.inbox, name="inbox"),
    path("k/<str:number>/svar/<int:pk>/ferdig/", inbox.settle, name="settle"),
]
