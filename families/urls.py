from django.urls import path

from families.views import board, consents, conversations, duplicates, families, importing, joining, referrals

app_name = "families"
urlpatterns = [
    path("k/<str:number>/henvis/", referrals.refer, name="refer"),
    path("k/<str:number>/henvis/utkast/", referrals.draft, name="draft"),
    path("k/<str:number>/mine-henvisninger/", referrals.my_referrals, name="my_referrals"),
    path("k/<str:number>/bli-med/", joining.join, name="join"),
    path("k/<str:number>/bli-med/kode/", joining.join_code, name="join_code"),
    path("k/<str:number>/bli-med/takk/", joining.joined, name="joined"),
    path("k/<str:number>/familier/", families.waiting, name="waiting"),
    path("k/<str:number>/familier/tavle/", board.board, name="board"),
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
    path("k/<str:number>/familier/<int:pk>/samtale/", conversations.conversation, name="conversation"),
    path("k/<str:number>/familier/<int:pk>/samtykker/", consents.consents, name="consents"),
    path("k/<str:number>/familier/<int:pk>/avslutt/", board.end, name="end"),
    path("k/<str:number>/familier/<int:pk>/igjen/", board.again, name="again"),
]
