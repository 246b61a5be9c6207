"""What the tests of the public form share: its addresses, an answer, the code, and what is kept."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import User
from families.models import Family, Participation, PendingReferral, Person, Referral
from families.rules.joining import code_of
from outbox.models import Message
from outbox.rules.quiet_hours import OSLO
from tests.conftest import Browser

Browse = Callable[[User | None], Browser]
JOIN, CODE, DONE = "/k/9901/bli-med/?sprak=uk", "/k/9901/bli-med/kode/?sprak=uk", "/k/9901/bli-med/takk/?sprak=uk"
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=OSLO)
ANSWERS = {
    "adult": "Олена Шевчук",
    "contact": "400 00 777",
    "language": "uk",
    "interpreter": "on",
    "children": "2016, 2019",
    "wish": "Готувати разом",
    "protection": "none",
    "agree": "on",
}


def code() -> str:
    """The latest code, as the server makes it anew."""
    message = Message.objects.filter(kind="joining_code").latest("pk")
    return code_of(f"{message.municipality_id}:{message.key}")


def kept() -> dict[str, int]:
    models = (Family, Person, Referral, Participation, PendingReferral, Message)
    return {model.__name__: model.objects.count() for model in models if model.objects.exists()}
