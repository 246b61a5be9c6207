from django.urls import path

from demo.views.pages import answer, blank, inbox

app_name = "demo"
urlpatterns = [
    path("demo/innboks/", inbox, name="inbox"),
    path("demo/innboks/svar/", answer, name="answer"),
    path("k/<str:number>/demo/blank/", blank, name="blank"),
]
