"""The public form of a municipality. Nobody is signed in: the page itself sees no row of the municipality.

Only the services in `services.joining` open it, for their own few statements.
"""

import ipaddress
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from accounts.access import public
from families.catalogue import LANGUAGES, NAMES, Words
from families.forms.joining import CodeForm, JoinForm, JoinForOtherForm
from families.forms.referrals import STRICT
from families.models import PendingReferral
from families.services.joining import (
    Outcome,
    give_code,
    pending_of,
    send_again,
    start_joining,
    tell_of_strict_protection,
)
from families.services.tallies import TooManyTries
from municipalities.models import Municipality
from outbox.catalogue import is_checked
from outbox.models import Message
from web.phones import shown

SESSION = "joining"
FOR_OTHERS = ("nb", "nn", "en")  # languages of those who fill it in at work
SAID_BY_BROWSERS = {"no": "nb"}


def open_town(number: str) -> Municipality:
    """The municipality whose public form is open; 404 for every other number, without a word why."""
    found = Municipality.objects.filter(number=number, public_form_open=True).first() if number.isdecimal() else None
    if found is None:
        raise Http404
    return found


def place_of(request: HttpRequest) -> str:
    """The network that the request came from: one address, or the /64 that one household has."""
    told = str(get_adapter(request).get_client_ip(request))
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return told
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return told


class Visit:
    """One look at the form: which municipality, in which language, for oneself or for others."""

    def __init__(self, request: HttpRequest, number: str) -> None:
        self.request = request
        self.town = open_town(number)
        self.for_other = "andre" in request.GET
        self.language = self.chosen()

    @property
    def offered(self) -> tuple[str, ...]:
        return FOR_OTHERS if self.for_other else LANGUAGES

    def chosen(self) -> str:
        """The language asked for, else the browser's first one that we have, else the municipality's."""
        asked = self.request.GET.get("sprak", "")
        if asked in self.offered:
            return asked
        for wished, _weight in parse_accept_lang_header(self.request.headers.get("Accept-Language", "")):
            begins = wished.partition("-")[0]
            if (code := SAID_BY_BROWSERS.get(begins, begins)) in self.offered:
                return code
        return self.town.language

    def words(self, **facts: str) -> Words:
        return Words(self.language, place=self.town.name, municipality=self.town.full_name, **facts)

    def url(self, name: str, *, language: str = "", for_other: bool | None = None) -> str:
        other = self.for_other if for_other is None else for_other
        query = f"?sprak={language or self.language}{'&andre=1' if other else ''}"
        return reverse(f"families:{name}", args=[self.town.number]) + query

    def page(self, template: str, status: int = 200, words: Words | None = None, **context: Any) -> HttpResponse:
        """The page in the family's language. Where a text of the screens stands in it, it is Norwegian or English."""
        said = words or self.words()
        name = "join" if template == "join_stop" else template
        context |= {
            "town": self.town,
            "words": said,
            "page_language": self.language,
            "page_direction": said.direction,
            "languages": [(code, NAMES[code], self.url(name, language=code)) for code in self.offered],
            "start_url": self.url("join"),
            "self_url": self.url("join", for_other=False),
            "other_url": self.url("join", for_other=True),
            "for_other": self.for_other,
            "is_checked": is_checked(self.language),
        }
        with translation.override(self.language if self.language in FOR_OTHERS else "nb"):
            response = render(self.request, f"families/{template}.html", context, status=status)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Content-Language"] = self.language
        response.headers["Vary"] = "Accept-Language, Cookie"
        return response

    def too_many(self) -> HttpResponse:
        response = self.page("join_stop", 429, stop="many")
        response.headers["Retry-After"] = "3600"
        return response

    @property
    def place(self) -> str:
        return place_of(self.request)


@public
def join(request: HttpRequest, number: str) -> HttpResponse:
    """The form. Looking at it changes nothing; sending it keeps the answers until the code is given."""
    visit = Visit(request, number)
    if request.POST.get("protection") == STRICT:
        return strictly_protected(visit)
    kind = JoinForOtherForm if visit.for_other else JoinForm
    with translation.override(visit.language if visit.language in FOR_OTHERS else "nb"):
        form = kind(request.POST or None, words=visit.words())
        if request.method != "POST" or not form.is_valid():
            return visit.page("join", form=form)
    try:
        pending = start_joining(
            town=visit.town,
            answers=form.answers(),
            to=form.code_goes_to(),
            language=visit.language,
            place=visit.place,
            now=timezone.now(),
        )
    except TooManyTries:
        return visit.too_many()
    request.session[SESSION] = [number, pending.pk]
    return redirect(visit.url("join_code"))


def strictly_protected(visit: Visit) -> HttpResponse:
    """A kode-6 family is asked to call, whatever else was filled in. Nothing of it is kept."""
    visit.request.session.pop(SESSION, None)
    leader = tell_of_strict_protection(town=visit.town, now=timezone.now())
    return visit.page("join_stop", stop="strict", leader=leader)


def waiting_here(request: HttpRequest, visit: Visit) -> PendingReferral | None:
    """What this browser typed for this municipality, while it waits for its code."""
    number, pk = request.session.get(SESSION) or ["", 0]
    return pending_of(visit.town, pk, timezone.now()) if number == visit.town.number else None


def as_shown(pending: PendingReferral) -> str:
    """Where the code went, on one line, so that a slip of the finger is seen."""
    by_sms = pending.channel == Message.Channel.SMS
    return shown(pending.address).replace(" ", "\u00a0") if by_sms else pending.address


@public
def join_code(request: HttpRequest, number: str) -> HttpResponse:
    """The code: five tries, three codes."""
    visit = Visit(request, number)
    pending = waiting_here(request, visit)
    if pending is None:
        return redirect(visit.url("join"))
    words = visit.words(address=as_shown(pending))
    said = ""
    form = CodeForm(request.POST if "code" in request.POST else None, words=words)
    try:
        if "again" in request.POST:
            send_again(pending=pending, place=visit.place, now=timezone.now())
            said = words["again_sent"]
        elif form.is_valid():
            became = give_code(pending=pending, code=form.cleaned_data["code"], place=visit.place, now=timezone.now())
            if became is Outcome.RIGHT:
                del request.session[SESSION]
                return redirect(visit.url("joined"))
            form.add_error("code", words["code_wrong" if became is Outcome.WRONG else "code_ended"])
    except TooManyTries:
        return visit.too_many()
    return visit.page("join_code", words=words, form=form, said=said)


@public
@require_safe
def joined(request: HttpRequest, number: str) -> HttpResponse:
    """Thank you, and what happens next."""
    return Visit(request, number).page("joined")
