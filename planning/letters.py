"""The letter with which somebody asks the round's contact at SOS-barnebyer."""

from datetime import datetime
from hashlib import sha256

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from outbox.models import Message
from outbox.services import enqueue
from outbox.texts import Text
from planning.models import Round
from planning.rules.questions import LETTER, Topic


def send_question(*, round: Round, topic: Topic, question: str, by: User, now: datetime) -> Message:
    """Promise the letter, in the municipality's written language. The same question again is the same letter."""
    town = round.municipality
    with translation.override(town.language):
        words = {
            "municipality": town.name,
            "topic": topic.label,
            "name": by.name,
            "round": round.name,
            "question": question,
            "reach": ", ".join(part for part in (by.email, by.phone) if part),
        }
        subject = _("SAMMEN in %(municipality)s asks: %(topic)s") % words
        body = _("%(question)s\n\n%(name)s, %(municipality)s, %(round)s\n\nPlease answer to %(reach)s.") % words
    digest = sha256(f"{topic}:{question}".encode()).hexdigest()[:24]
    return enqueue(
        key=f"{LETTER}:{round.pk}:{by.pk}:{digest}",
        kind=LETTER,
        channel=Message.Channel.EMAIL,
        address=round.contact_email,
        recipient=f"contact:{round.pk}",
        recipient_name=round.contact_name,
        about=f"round:{round.pk}",
        language=town.language,
        due_at=now,
        text=Text(subject=subject, body=body),
        municipality=town,
        by=by,
    )
