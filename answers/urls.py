from django.urls import path

from answers.views import inbox, incoming, own_pages
from outbox.links import PATH

app_name = "answers"
urlpatterns = [
    path("sms/svar/", incoming.incoming, name="incoming"),
    path(f"{PATH}<str:token>", own_pages.own_page_view, name="own_page"),
    path(f"{PATH}<str:token>/samling.ics", own_pages.own_calendar, name="own_calendar"),
    path("k/<str:number>/svar/", inbox.inbox, name="inbox"),
    path("k/<str:number>/svar/<int:pk>/ferdig/", inbox.settle, name="settle"),
]
