from django.urls import path

from groups.views import apart, compositions, groups, handover, memberships, volunteers

app_name = "groups"
urlpatterns = [
    path("k/<str:number>/grupper/", groups.groups, name="groups"),
    path("k/<str:number>/grupper/ny/", groups.new, name="new"),
    path("k/<str:number>/grupper/<int:pk>/", groups.group, name="group"),
    path("k/<str:number>/grupper/<int:pk>/endre/", groups.edit, name="edit"),
    path("k/<str:number>/grupper/<int:pk>/vikar/", handover.handover, name="handover"),
    path("k/<str:number>/grupper/<int:pk>/vikar/<int:held>/tilbake/", handover.handover_back, name="handover_back"),
    path("k/<str:number>/grupper/<int:pk>/koordinator/", handover.new_coordinator, name="new_coordinator"),
    path("k/<str:number>/grupper/<int:pk>/legg-til/", memberships.add_families, name="add_families"),
    path("k/<str:number>/grupper/<int:pk>/ta-ut/<int:membership>/", memberships.leave, name="leave"),
    path("k/<str:number>/grupper/<int:pk>/frivillig/", volunteers.add, name="add_volunteer"),
    path("k/<str:number>/grupper/<int:pk>/frivillig/<int:helping>/slutt/", volunteers.end, name="end_volunteer"),
    path("k/<str:number>/familier/<int:pk>/trekk/", memberships.withdraw, name="withdraw_wish"),
    path("k/<str:number>/runder/<int:pk>/sett-sammen/", compositions.compose, name="compose"),
    path("k/<str:number>/runder/<int:pk>/sett-sammen/hver-for-seg/", apart.apart, name="apart"),
    path("k/<str:number>/runder/<int:pk>/sett-sammen/bestem/", compositions.confirm, name="confirm_composition"),
]
