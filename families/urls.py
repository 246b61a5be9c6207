from django.urls import path

from families.views import duplicates, families, importing, referrals

app_name = "families"
urlpatterns = [
    path("k/<str:number>/henvis/", referrals.refer, name="refer"),
    path("k/<str:number>/mine-henvisninger/", referrals.my_referrals, name="my_referrals"),
    path("k/<str:number>/familier/", families.waiting, name="waiting"),
    path("k/<str:number>/familier/hent/", importing.choose, name="import"),
    path("k/<str:number>/familier/hent/<int:pk>/kolonner/", importing.columns, name="import_columns"),
    path("k/<str:number>/familier/hent/<int:pk>/rader/", importing.preview, name="import_preview"),
    path("k/<str:number>/familier/like/", duplicates.duplicates, name="duplicates"),
    path("k/<str:number>/familier/<int:pk>/like/<int:other>/", duplicates.compare, name="compare"),
    path("k/<str:number>/familier/slatt-sammen/<int:pk>/angre/", duplicates.undo, name="undo_merge"),
    path("k/<str:number>/familier/<int:pk>/", families.family, name="family"),
    path("k/<str:number>/familier/<int:pk>/endre/", families.edit, name="edit"),
    path("k/<str:number>/familier/<int:pk>/onske/", families.wish, name="wish"),
    path("k/<str:number>/familier/<int:pk>/kontaktet/", families.contacted, name="contacted"),
]
