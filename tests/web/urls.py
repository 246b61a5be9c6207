"""Addresses for these tests alone: web knows no other room's."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def page(_request: HttpRequest, number: str) -> HttpResponse:
    return HttpResponse(number)


urlpatterns = [
    path("k/<str:number>/people/", page, name="people"),
    path("k/<str:number>/people/invite/", page, name="invite"),
]
