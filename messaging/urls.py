from django.urls import path

from messaging.views import wordings

app_name = "messaging"
OF_LETTER = "k/<str:number>/meldinger/tekster/<str:kind>/<str:language>/"
urlpatterns = [
    path("k/<str:number>/meldinger/tekster/", wordings.wordings, name="wordings"),
    path(OF_LETTER, wordings.wording, name="wording"),
    path(f"{OF_LETTER}tilbake/", wordings.take_back, name="take_back_wording"),
    path(f"{OF_LETTER}lest/", wordings.sign, name="sign_off"),
]
