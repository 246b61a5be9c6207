from django.urls import path

from demo.views.pages import blank, inbox

app_name = "demo"
urlpatterns = [
    path("demo/innboks/", inbox, name="inbox"),
    path("k/<str:number>/demo/blank/", blank, name="blank"),
]
