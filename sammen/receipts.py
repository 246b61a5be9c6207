"""Where providers tell what became of a message. Nobody is signed in, and no municipality is open: only the one service
that a valid signature leads to looks for the row."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from anymail.urls import urlpatterns as services
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.access import public
from outbox.rules.receipts import Unreadable
from outbox.services.receipts import UnknownMessage, note_receipt
from outbox.signatures import NotSigned, check_signature
from web.limits import count, counted

LONGEST = 20_000  # bytes
MINUTE = 60
MOST, MOST_REFUSED = 6000, 30  # a minute from one address: a provider tells of many, a stranger guesses


@csrf_exempt
@public
@require_POST
def sms_receipt(request: HttpRequest) -> HttpResponse:
    """One receipt, signed (outbox.signatures), as SMS_RECEIPTS describes it. The same one again changes nothing.

    401 when it is not signed, or too long ago; 400 when it cannot be read; 404 when no message bears the id (who is
    faster than our own note asks again); 429 after too many; else 204.
    """
    place = str(get_adapter(request).get_client_ip(request))
    if counted("refused-receipt", place) >= MOST_REFUSED or count("receipt", place, MINUTE) > MOST:
        return HttpResponse(status=429, headers={"Retry-After": str(MINUTE)})
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
        return HttpResponse(status=400)
    try:
        check_signature(request.headers, request.body, timezone.now())
    except NotSigned:
        count("refused-receipt", place, MINUTE)
        return HttpResponse(status=401)
    try:
        receipt = settings.SMS_RECEIPTS.read(request.body, request.content_type or "")
        note_receipt(receipt=receipt, now=timezone.now())
    except Unreadable:
        return HttpResponse(status=400)
    except UnknownMessage:
        return HttpResponse(status=404)
    return HttpResponse(status=204)


def tracker() -> Callable[[HttpRequest], HttpResponse] | None:
    """Anymail's own view for the service that mail goes by; None for SMTP, and while no WEBHOOK_SECRET is set."""
    name = settings.EMAIL_BACKEND.removeprefix("anymail.backends.").partition(".")[0]
    found = [view.callback for view in services if view.name == f"{name}_tracking_webhook"]
    return found[0] if found and settings.ANYMAIL.get("WEBHOOK_SECRET") else None


@csrf_exempt
@public
def mail_receipt(request: HttpRequest) -> HttpResponse:
    """Events of the mail service, checked and read by Anymail (name and password in the address that it is given)."""
    view = tracker()
    if view is None:
        raise Http404
    return view(request)
