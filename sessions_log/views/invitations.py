"""Seeing exactly what each recipient gets, and sending it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from families.languages import LETTER_LANGUAGES
from families.models import Channel, Person
from outbox.catalogue import letter_language
from outbox.previews import as_shown, names_link, parts_of
from outbox.queries import quiet_of
from outbox.rules.sms import Parts
from outbox.texts import Text
from outbox.wordings import Wordings, read_wordings
from sessions_log.letters import INVITATION, facts_for, reminder_due
from sessions_log.models import Gathering
from sessions_log.queries.gatherings import Guest
from sessions_log.services.announcements import NotReady, PlanChanged, invite
from sessions_log.services.gatherings import what_is_missing
from sessions_log.views.gatherings import seen, who_comes
from web.languages import direction, tag
from web.partials import render


@dataclass(frozen=True)
class Letter:
    """What one adult gets, as she gets it, but for her link, which only she sees."""

    person: Person
    text: Text
    language: str
    wished: str
    norwegian: str
    parts: Parts | None
    is_checked: bool
    names_link: bool = False

    @property
    def lang(self) -> str:
        return tag(self.language)

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def fell_back(self) -> bool:
        """Her own language has no letters yet."""
        return self.language != self.wished


def letter_to(gathering: Gathering, person: Person, said: Wordings) -> Letter:
    language = letter_language(person.language)
    facts = facts_for(gathering, person)
    text = said.render(INVITATION, language, facts)
    norwegian = as_shown(INVITATION, said.render(INVITATION, "nb", facts))
    by_sms = person.channel == Channel.SMS
    return Letter(
        person=person,
        text=as_shown(INVITATION, text),
        language=language,
        wished=person.language,
        norwegian="" if language in {"nb", "nn"} else (norwegian.sms if by_sms else norwegian.body),
        parts=parts_of(INVITATION, text) if by_sms else None,
        is_checked=said.is_checked(INVITATION, language),
        names_link=names_link(INVITATION, text),
    )


def letters_to(gathering: Gathering, guest: Guest, said: Wordings) -> list[Letter]:
    """A letter to each adult of the family who gets messages by themselves."""
    if guest.family.is_protected:
        return []
    return [
        letter_to(gathering, person, said)
        for person in guest.people
        if person.receives and person.channel != Channel.CALL
    ]


@requires(Permission.INVITATION_SEND)
def preview(request: Request, number: str, pk: int) -> HttpResponse:
    """Look first, then send: the letters, their languages and parts, and who is called instead."""
    row = seen(request, pk)
    if row.cancelled_at or row.starts_at <= timezone.now():
        messages.info(request, _("This gathering is over or cancelled already."))
        return redirect("sessions_log:gathering", number=number, pk=pk)
    found = who_comes(request, row)
    if request.method == "POST":
        generation = request.POST.get("generation", "")
        try:
            promised = invite(
                gathering=row,
                families=[guest.family for guest in found.guests],
                generation=int(generation) if generation.isdecimal() and len(generation) < 9 else 0,
                by=request.user,
            )
        except PlanChanged:
            messages.warning(request, _("Somebody changed the plan meanwhile. Look through it once more."))
        except NotReady:
            messages.warning(request, _("The invitation cannot be sent yet. See what is missing."))
        else:
            messages.success(request, _("%(count)s messages are on their way.") % {"count": promised})
            return redirect("sessions_log:gathering", number=number, pk=pk)
        row = seen(request, pk)
    said = read_wordings(INVITATION)
    families = [(guest, letters_to(row, guest, said)) for guest in found.not_invited]
    letters = [letter for _guest, theirs in families for letter in theirs]
    now = timezone.now()
    quiet = quiet_of(row.municipality)
    context = {
        "gathering": row,
        "families": families,
        "letters": letters,
        "texts": [letter for letter in letters if letter.parts],
        "mails": [letter for letter in letters if not letter.parts],
        "text_parts": sum(letter.parts.parts for letter in letters if letter.parts),
        "unchecked": sorted({str(LETTER_LANGUAGES[letter.language]) for letter in letters if not letter.is_checked}),
        "to_call": [guest for guest, theirs in families if not theirs],
        "missing": what_is_missing(row),
        "goes_at": quiet.next_allowed(now),
        "now": now,
        "reminder_at": reminder_due(row, quiet),
        "already": [guest for guest in found.guests if guest.invited],
    }
    return render(request, "sessions_log/preview.html", context)
