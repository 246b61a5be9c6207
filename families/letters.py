"""Letters about referrals that go to staff."""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from municipalities.models import Municipality
from outbox.letters import LetterKind
from outbox.models import Message
from outbox.services import enqueue
from outbox.texts import Text

STRICTLY_PROTECTED = "strictly_protected"


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
    enqueue(
        key=f"{STRICTLY_PROTECTED}:{timezone.localdate(now)}:{to.pk}",
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


LETTERS = [LetterKind(STRICTLY_PROTECTED)]
