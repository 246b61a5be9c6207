from django.urls import path

from accounts.views import own, staff

app_name = "accounts"
urlpatterns = [
    path("", own.choose_municipality, name="choose_municipality"),
    path("sprak/", own.set_language, name="set_language"),
    path("invitasjon/<str:token>/", staff.accept, name="accept"),
    path("k/<str:number>/folk/", staff.staff, name="staff"),
    path("k/<str:number>/folk/inviter/", staff.invite, name="invite"),
    path("k/<str:number>/folk/<int:pk>/politiattest/", staff.certificate, name="certificate"),
]
