from django.urls import path

from messaging.views import own_messages, queue, wordings

app_name = "messaging"
OF_LETTER = "k/<str:number>/meldinger/tekster/<str:kind>/<str:language>/"
urlpatterns = [
    path("k/<str:number>/meldinger/tekster/", wordings.wordings, name="wordings"),
    path(OF_LETTER, wordings.wording, name="wording"),
    path(f"{OF_LETTER}tilbake/", wordings.take_back, name="take_back_wording"),
    path(f"{OF_LETTER}lest/", wordings.sign, name="sign_off"),
    path("k/<str:number>/meldinger/", own_messages.own_messages_list, name="messages"),
    path("k/<str:number>/meldinger/ny/", own_messages.write, name="write"),
    path("k/<str:number>/meldinger/utkast/", own_messages.draft, name="draft"),
    path("k/<str:number>/meldinger/planlagt/", queue.queue, name="queue"),
    path("k/<str:number>/meldinger/planlagt/<int:pk>/stopp/", queue.stop, name="stop"),
    path("k/<str:number>/meldinger/planlagt/samling/<int:pk>/stopp/", queue.stop_all, name="stop_all"),
    path("k/<str:number>/meldinger/<int:pk>/", own_messages.own_message, name="message"),
]
