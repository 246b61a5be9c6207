"""Pages for developers, only where DEBUG is on."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import public, requires
from accounts.permissions import Permission
from accounts.requests import Request
from sammen.local.inbox import latest

SHOWN = 60


@public
def inbox(request: Request) -> HttpResponse:
    """What the local mail server and SMS gateway got. Nothing of it left the machine."""
    messages = latest(settings.BASE_DIR, SHOWN)
    return render(request, "demo/inbox.html", {"inbox": messages})


@requires(Permission.START_VIEW)
def blank(request: Request, number: str) -> HttpResponse:
    """What every page of a municipality has, and nothing of its own: benchmarks measure others beside it."""
    return render(request, "demo/blank.html")
