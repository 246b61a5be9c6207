"""Pages for developers, only where DEBUG is on."""

import json
from datetime import datetime
from uuid import uuid4

import httpx
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import public, requires
from accounts.permissions import Permission
from accounts.requests import Request
from outbox.signatures import signed
from sammen.local.inbox import latest

SHOWN = 60
QUICK = ("Ja", "Nei", "STOP")  # what a family writes, not a text of ours


@public
def inbox(request: Request) -> HttpResponse:
    """What the local mail server and SMS gateway got. Nothing of it left the machine."""
    received = [
        {**message, "at": datetime.fromisoformat(message["at"])} for message in latest(settings.BASE_DIR, SHOWN)
    ]
    return render(request, "demo/inbox.html", {"inbox": received, "quick": QUICK})


@public
@require_POST
def answer(request: Request) -> HttpResponse:
    """Answer a text message as the family would: the gateway tells of it, signed, at the real address."""
    told = {"from": request.POST.get("from", ""), "text": request.POST.get("text", ""), "id": uuid4().hex}
    body = json.dumps(told).encode()
    headers = {"Content-Type": "application/json", **signed(settings.SMS_WEBHOOK_SECRETS[0], body, timezone.now())}
    try:
        taken = httpx.post(
            request.build_absolute_uri(reverse("answers:incoming")), content=body, headers=headers, timeout=10
        )
    except httpx.HTTPError:
        messages.error(request, _("The answer did not come through."))
    else:
        said = _("Sent: «%(text)s».") if taken.status_code == 204 else _("The answer did not come through.")
        messages.success(request, said % {"text": told["text"]})
    return redirect("demo:inbox")


@requires(Permission.START_VIEW)
def blank(request: Request, number: str) -> HttpResponse:
    """What every page of a municipality has, and nothing of its own: benchmarks measure others beside it."""
    return render(request, "demo/blank.html")
