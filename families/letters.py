"""Letters about referrals: the one-time code of the public form, and what staff must know."""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from families.models import PendingReferral
from families.rules.joining import code_of
from municipalities.models import Municipality
from outbox.catalogue import Facts
from outbox.clock import moment
from outbox.letters import LetterKind
from outbox.models import Message
from outbox.services import enqueue
from outbox.texts import Text
from outbox.wordings import wordings

STRICTLY_PROTECTED, CODE = "strictly_protected", "joining_code"


def promise_strictly_protected_letter(*, town: Municipality, to: User, now: datetime) -> None:
    """That a referral was stopped because of kode 6: at most once a day, and neither who nor by whom."""
    with translation.override(to.language or town.language):
        text = Text(
            subject=_("A referral was stopped"),
            body=_(
                "Hi %(to)s\n\nSomebody wanted to refer a family with a strictly confidential address (kode 6). "
                "It was stopped and nothing was stored. They were asked to call you. "
                "Take it further outside this system."
            )
            % {"to": to.first_name},
        )
    promise_strictly_protected(key=str(timezone.localdate(now)), town=town, to=to, text=text, now=now)


def promise_strictly_protected_list_letter(
    *, town: Municipality, to: User, content: bytes, count: int, now: datetime
) -> None:
    """That a list holds families with kode 6, which stay out: once a list, and neither who nor by whom."""
    with translation.override(to.language or town.language):
        left_out = ngettext(
            "A spreadsheet for SAMMEN holds a family with a strictly confidential address (kode 6). It was left out, "
            "and nothing of it was stored.",
            "A spreadsheet for SAMMEN holds %(count)s families with strictly confidential addresses (kode 6). They "
            "were left out, and nothing of them was stored.",
            count,
        ) % {"count": count}
        text = Text(
            subject=_("An import left out a family"),
            body=_(
                "Hi %(to)s\n\n%(left_out)s Whoever has the spreadsheet was asked to talk with you. "
                "Take it further outside this system."
            )
            % {"to": to.first_name, "left_out": left_out},
        )
    key = salted_hmac(STRICTLY_PROTECTED, content).hexdigest()
    promise_strictly_protected(key=key, town=town, to=to, text=text, now=now)


def promise_strictly_protected(*, key: str, town: Municipality, to: User, text: Text, now: datetime) -> None:
    """One e-mail to the leader, once per key."""
    enqueue(
        key=f"{STRICTLY_PROTECTED}:{key}:{to.pk}",
        kind=STRICTLY_PROTECTED,
        channel=Message.Channel.EMAIL,
        address=to.email,
        recipient=f"user:{to.pk}",
        recipient_name=to.first_name,
        about=f"user:{to.pk}",
        language=to.language or town.language,
        due_at=now,
        text=text,
        municipality=town,
        by=None,
    )


def about(pending: PendingReferral) -> str:
    """How a message names what it confirms."""
    return f"joining:{pending.pk}"


def promise_code(*, pending: PendingReferral, now: datetime) -> str:
    """Promise the letter with the latest code, and give the code. The stored text says `{code}` in its place.

    It goes at night too: somebody waits for it with the form open. It names no place: the address may be protected.
    """
    town = pending.municipality
    key = f"{CODE}:{pending.pk}:{pending.codes}"
    enqueue(
        key=key,
        kind=CODE,
        channel=pending.channel,
        address=pending.address,
        recipient=about(pending),
        recipient_name="",
        about=about(pending),
        language=pending.language,
        due_at=now,
        text=wordings("code").render("code", pending.language, Facts(code="{code}")),
        municipality=town,
        by=None,
        passes_quiet_hours=True,
    )
    return code_of(f"{town.pk}:{key}")


def code_in(message: Message) -> dict[str, str]:
    return {"code": code_of(f"{message.municipality_id}:{message.key}")}


def code_is_over(message: Message) -> str:
    """Why a code must not go any more; "" when it may."""
    waits = PendingReferral.objects.filter(
        pk=message.about.removeprefix("joining:"),
        codes=message.key.rpartition(":")[2],
        code_ends_at__gt=moment(),
        confirmed_at__isnull=True,
    )
    return "" if waits.exists() else _("The code is no longer valid.")


LETTERS = [LetterKind(STRICTLY_PROTECTED), LetterKind(CODE, still_wanted=code_is_over, secrets=code_in)]
