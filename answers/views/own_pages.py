"""The page that a family opens from its personal link. Nobody is signed in; the link is for one gathering and family.

Looking changes nothing: those who look for viruses and those who draw previews open every link. Whatever is wrong with
a link, the page says the same.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import public
from answers.forms import AnswerForm
from answers.services.own_pages import EndedLink, OwnPage, TooLate, answer_from_own_page, own_page
from answers.words import PageWords
from families.services.tallies import TooManyTries, count
from families.views.joining import place_of
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from outbox.catalogue import LANGUAGES, is_checked, letter_language
from outbox.catalogue import render as letter
from outbox.catalogue.languages import clock_of, day_of
from outbox.links import message_behind
from sessions_log.letters import INVITATION, facts_for
from web.languages import OWN_NAMES, tag

OF_SCREENS = ("nb", "nn", "en")
MOST, WITHIN = 60, timedelta(hours=1)  # dead links that one household may try
Inside = Callable[[HttpRequest, str, OwnPage], HttpResponse]


def page_in(request: HttpRequest, language: str, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """The page in this language; not kept by anybody, not found by search, and telling nobody where it was."""
    town: Municipality | None = context.get("town")
    words: PageWords = context.setdefault("words", PageWords(language))
    path = request.path
    context |= {
        "page_language": tag(language),
        "page_direction": words.direction,
        "languages": [(tag(code), OWN_NAMES[code], f"{path}?sprak={code}") for code in LANGUAGES],
        "is_checked": is_checked(language),
        "town": town,
    }
    with translation.override(language if language in OF_SCREENS else "nb"):
        response = render(request, f"answers/{template}.html", context, status=status)
    response.headers["Content-Language"] = tag(language)
    return sealed(response)


def sealed(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def gone(request: HttpRequest) -> HttpResponse:
    """The same words for every link that opens nothing: they tell nobody whether there was one."""
    language = asked_language(request) or "nb"
    try:
        count("own_page", place_of(request), most=MOST, within=WITHIN, now=timezone.now())
    except TooManyTries:
        response = page_in(request, language, "own_page_gone", 429, what="many")
        response.headers["Retry-After"] = "3600"
        return response
    return page_in(request, language, "own_page_gone", 404, what="gone")


def asked_language(request: HttpRequest) -> str:
    asked = request.GET.get("sprak", "")
    return asked if asked in LANGUAGES else ""


def behind(request: HttpRequest, token: str, show: Inside) -> HttpResponse:
    """Look up the link, and show its page inside its municipality."""
    found = message_behind(token)
    if found is None:
        return gone(request)
    owner, message = found
    with municipality(owner):
        page = own_page(message=message, now=timezone.now())
        if isinstance(page, OwnPage):
            return show(request, token, page)
        if page is not None:
            return ended(request, page)
    return gone(request)


def ended(request: HttpRequest, link: EndedLink) -> HttpResponse:
    """Whom to call. It may be somebody else who reads it: no name of theirs, no gathering."""
    language = asked_language(request) or letter_language(link.person.language)
    words = words_for(link, language)
    what = "ended" if facts_for(link.gathering, link.person).host_phone else "gone"
    return page_in(request, language, "own_page_gone", 410, what=what, words=words, town=link.gathering.municipality)


# No cookie lets anybody in here: who can send the form has the link. And from a page that names itself to nobody
# (`no-referrer`) browsers send «Origin: null», which the check would refuse.
@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def own_page_view(request: HttpRequest, token: str) -> HttpResponse:
    """What, when, where, how, what to bring, who; and the household's answer."""
    return behind(request, token, answer if request.method == "POST" else shown)


def words_for(page: OwnPage | EndedLink, language: str) -> PageWords:
    facts = facts_for(page.gathering, page.person)
    return PageWords(
        language, name=page.person.first_name, host=facts.host, phone=facts.host_phone.replace(" ", "\u00a0")
    )


def answer(request: HttpRequest, token: str, page: OwnPage) -> HttpResponse:
    language = asked_language(request) or letter_language(page.person.language)
    form = AnswerForm(request.POST, page=page, said=words_for(page, language))
    if not form.is_valid():
        return shown(request, token, page, form=form, status=422)
    try:
        answer_from_own_page(page=page, **form.answer())
    except TooLate:
        return shown(request, token, page, status=409)
    return sealed(redirect(f"{reverse('answers:own_page', args=[token])}?sprak={language}&takk=1"))


def shown(
    request: HttpRequest, token: str, page: OwnPage, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    language = asked_language(request) or letter_language(page.person.language)
    said, gathering = words_for(page, language), page.gathering
    facts = facts_for(gathering, page.person)
    context = {
        "words": said,
        "town": gathering.municipality,
        "page": page,
        "facts": facts,
        "title": gathering.title,
        "day": day_of(gathering.starts_at, language),
        "clock": f"{clock_of(gathering.starts_at, language)}–{clock_of(gathering.ends_at, language)}",
        "form": form or (AnswerForm(page=page, said=said) if page.can_answer else None),
        "self_url": f"{request.path}?sprak={language}",
        "calendar_url": reverse("answers:own_calendar", args=[token]) + f"?sprak={language}",
        "thanks": "takk" in request.GET and page.reply is not None,
    }
    return page_in(request, language, "own_page", status, **context)


@public
@require_safe
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The gathering for her own calendar, which says no more than that there is one."""
    return behind(request, token, calendar_file)


def calendar_file(request: HttpRequest, token: str, page: OwnPage) -> HttpResponse:
    language = asked_language(request) or letter_language(page.person.language)
    text = letter(INVITATION, language, facts_for(page.gathering, page.person)).calendar
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="samling.ics"'
    return sealed(response)
