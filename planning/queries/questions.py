"""What SOS-barnebyer was asked about a round."""

from outbox.models import Message
from planning.models import Round
from planning.rules.questions import LETTER

SHOWN = 5


def questions_of(round: Round) -> list[Message]:
    """The latest ones, with how far each has come. One query."""
    rows = Message.objects.filter(about=f"round:{round.pk}", kind=LETTER).select_related("created_by")
    return list(rows.order_by("-created_at", "-pk")[:SHOWN])
