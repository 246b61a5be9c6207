from django.urls import path

from accounts.views import certificates, municipality, own, staff

app_name = "accounts"
urlpatterns = [
    path("", own.choose_municipality, name="choose_municipality"),
    path("sprak/", own.set_language, name="set_language"),
    path("invitasjon/svar/", staff.take, name="take"),
    path("invitasjon/<str:token>/", staff.accept, name="accept"),
    path("k/<str:number>/innstillinger/", municipality.settings, name="settings"),
    path("k/<str:number>/folk/", staff.staff, name="staff"),
    path("k/<str:number>/folk/inviter/", staff.invite, name="invite"),
    path("k/<str:number>/folk/brev/<int:pk>/", certificates.letter, name="letter"),
    path("k/<str:number>/folk/brev/<int:pk>/pdf/", certificates.letter_pdf, name="letter_pdf"),
    path("k/<str:number>/folk/<str:key>/politiattest/", certificates.certificate, name="certificate"),
    path("k/<str:number>/folk/<str:key>/be-om-politiattest/", certificates.ask, name="ask"),
    path("k/<str:number>/folk/<str:key>/avslutt-rolle/", certificates.end, name="end_role"),
]
