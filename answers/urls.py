from django.urls import path

from answers.views import inbox, incoming

app_name = "answers"
urlpatterns = [
    path("sms/svar/", incoming.incoming, name="incoming"),
    path("k/<str:number>/svar/", inbox.inbox, name="inbox"),
    path("k/<str:number>/svar/<int:pk>/ferdig/", inbox.settle, name="settle"),
]
