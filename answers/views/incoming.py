"""The gateway tells of a text message that came in."""

import json
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.access import public
from answers.services.incoming import take_text
from outbox.signatures import NotSigned, check_signature

LONGEST = 20_000  # bytes


@public
@csrf_exempt
@require_POST
def incoming(request: HttpRequest) -> HttpResponse:
    """JSON or a form of `from`, `text` and `id`, signed (outbox.signatures). Told twice it does nothing more.

    The answer is the same whether the number is known: 204.
    """
    try:
        check_signature(request.headers, request.body[: LONGEST + 1], timezone.now())
    except NotSigned:
        return HttpResponse(status=403)
    told = fields_of(request.body, request.content_type or "")
    number, text, provider_id = (told.get(name, "") for name in ("from", "text", "id"))
    if not (number and provider_id) or len(provider_id) > 120 or "\x00" in provider_id or len(number) > 40:
        return HttpResponse(status=400)
    take_text(number=number, text=text, provider_id=provider_id, now=timezone.now())
    return HttpResponse(status=204)


def fields_of(body: bytes, content_type: str) -> dict[str, str]:
    """What was told; empty when it cannot be read."""
    try:
        if content_type == "application/json":
            read = json.loads(body)
            return {str(name): str(value) for name, value in read.items()} if isinstance(read, dict) else {}
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    except ValueError:
        return {}
