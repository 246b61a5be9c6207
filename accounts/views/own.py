"""A person's own matters: which municipality, which language."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.access import public, signed_in
from accounts.queries import municipalities_of
from accounts.requests import Request


@signed_in
def choose_municipality(request: Request) -> HttpResponse:
    """Straight to the only municipality; else the choice."""
    found = municipalities_of(request.user)
    if len(found) == 1:
        return redirect("insight:today", number=found[0].number)
    return render(request, "accounts/choose_municipality.html", {"municipalities": found})


@public
@require_POST
def set_language(request: Request) -> HttpResponse:
    """Keep the language of the screens: on the person when signed in, else in a cookie."""
    code = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    if code in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            request.user.language = code
            request.user.save(update_fields=["language"])
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=365 * 24 * 3600,
            httponly=True,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
    return response
