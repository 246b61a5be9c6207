"""Every address of the product, by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.urls")),
]
