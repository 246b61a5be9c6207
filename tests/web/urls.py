"""Addresses for these tests alone: web knows no other room's."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path


def page(_request: HttpRequest, number: str) -> HttpResponse:
    return HttpResponse(number)


def cut_off(_request: HttpRequest) -> HttpResponse:
    """The database ends this very connection."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(pg_backend_pid())")
    return HttpResponse("still here")


def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("ours")


handler500 = "web.views.failed.failed"
urlpatterns = [
    path("cut-off/", cut_off),
    path("konto/cut-off/", cut_off),
    path("broken/", broken),
    path("k/<str:number>/people/", page, name="people"),
    path("k/<str:number>/people/invite/", page, name="invite"),
]
