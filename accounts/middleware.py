"""The language of the screens, and the door to a municipality."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from accounts.queries import roles_in
from accounts.requests import Request
from accounts.roles import permissions_of
from municipalities.tenancy import activate

# Views of others, which cannot carry our decorator: each guards itself.
GUARDED_ELSEWHERE = (
    "allauth.",
    "django.contrib.admin",
    "django.views.i18n",
    "django.contrib.staticfiles",
    "django.views.static",
)


class LanguageMiddleware:
    """The person's own language; before log-in the cookie's; else bokmål. A browser's wish never mixes languages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if request.user.is_authenticated:
            chosen = request.user.language
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class AccessMiddleware:
    """Lets a person into the municipality of the path, with what her roles there allow; refuses undeclared views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Somebody else's municipality is 404: not even its name is confirmed."""
        if not hasattr(view, "access") and not view.__module__.startswith(GUARDED_ELSEWHERE):
            raise PermissionDenied(f"{view.__module__}.{view.__qualname__} declares no access")
        number = kwargs.get("number")
        if number is None or getattr(view, "access", None) == "public":
            return
        held = roles_in(request.user, number)
        if not held:
            raise Http404
        here = held[0].municipality
        if here is None:  # national roles open no municipality
            raise Http404
        request.municipality = here
        request.user.permissions = request.permissions = permissions_of([role.role for role in held])
        activate(here.pk)
