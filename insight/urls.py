from django.urls import path

from insight.views import rounds, today

app_name = "insight"
urlpatterns = [
    path("k/<str:number>/", today.today, name="today"),
    path("k/<str:number>/runder/", rounds.rounds, name="rounds"),
    path("k/<str:number>/runder/<int:pk>/", rounds.round_page, name="round"),
    path("k/<str:number>/runder/<int:pk>/foran/", rounds.round_before, name="round_before"),
]
