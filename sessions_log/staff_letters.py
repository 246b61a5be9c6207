"""Letters to staff about gatherings: a wish to talk, a summary that waits."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from outbox.letters import LetterKind
from outbox.models import Message
from outbox.services import enqueue
from outbox.texts import Text
from sessions_log.models import Debrief, Gathering
from web.dates import day

DEBRIEF, SUMMARY = "debrief", "summary_reminder"


def promise(*, kind: str, about: str, gathering: Gathering, to: User, text: Text, now: datetime) -> None:
    """One e-mail to one colleague, once per kind, subject and person."""
    enqueue(
        key=f"{kind}:{about}:{to.pk}",
        kind=kind,
        channel=Message.Channel.EMAIL,
        address=to.email,
        recipient=f"user:{to.pk}",
        recipient_name=to.first_name,
        about=about,
        language=language_of(gathering, to),
        due_at=now,
        text=text,
        municipality=gathering.municipality,
        by=None,
    )


def language_of(gathering: Gathering, to: User) -> str:
    return to.language or gathering.municipality.language


def promise_debrief_letter(*, debrief: Debrief, to: User, now: datetime) -> None:
    """That she would like a talk. Not why."""
    gathering = debrief.gathering
    with translation.override(language_of(gathering, to)):
        text = Text(
            subject=_("%(name)s would like to talk") % {"name": debrief.asked_by.first_name},
            sms="",
            body=_("Hi %(to)s\n\n%(name)s would like to talk with you after the gathering on %(day)s.\n\n%(link)s")
            % {
                "to": to.first_name,
                "name": debrief.asked_by.name,
                "day": day(timezone.localtime(gathering.starts_at)),
                "link": link("sessions_log:debrief", gathering, debrief.pk),
            },
        )
    promise(kind=DEBRIEF, about=f"debrief:{debrief.pk}", gathering=gathering, to=to, text=text, now=now)


def promise_summary_letter(*, gathering: Gathering, to: User, now: datetime) -> None:
    """A friendly reminder, once."""
    with translation.override(language_of(gathering, to)):
        text = Text(
            subject=_("How did it go on %(day)s?") % {"day": day(timezone.localtime(gathering.starts_at))},
            sms="",
            body=_(
                "Hi %(to)s\n\n«%(title)s» has no summary yet. It takes about three minutes, "
                "and next time is easier to plan.\n\n%(link)s"
            )
            % {
                "to": to.first_name,
                "title": gathering.title,
                "link": link("sessions_log:log", gathering, gathering.pk),
            },
        )
    promise(kind=SUMMARY, about=f"summary:{gathering.pk}", gathering=gathering, to=to, text=text, now=now)


def link(name: str, gathering: Gathering, pk: int) -> str:
    return str(settings.SITE_URL) + reverse(name, args=[gathering.municipality.number, pk])


def summary_still_missing(message: Message) -> str:
    """Asked at the last moment: she may have written it since."""
    missing = Gathering.objects.live().filter(pk=message.about.removeprefix("summary:"), summary__isnull=True)
    return "" if missing.exists() else _("The summary is written.")


STAFF_LETTERS = [LetterKind(SUMMARY, still_wanted=summary_still_missing), LetterKind(DEBRIEF)]
