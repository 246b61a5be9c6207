"""The facts of a letter that says all it can, and what each language asks with."""

from datetime import datetime

from outbox.catalogue import Facts
from outbox.rules.quiet_hours import OSLO

FACTS = Facts(
    first_name="Amira",
    activity="Vi baker brød",
    starts_at=datetime(2026, 11, 26, 16, 30, tzinfo=OSLO),
    ends_at=datetime(2026, 11, 26, 18, 30, tzinfo=OSLO),
    place="Bjørkehuset",
    address="Skolegata 4",
    directions="Buss 21 til Torget",
    bring="forkle",
    host="Ingrid",
    host_phone="400 00 901",
    municipality="Lillevik",
    options=("Bowling", "Tur i skogen", "Vi lager mat"),
    words="Husk varme klær på torsdag.",
    code="{code}",
    event="1:gathering:4",
    generation=2,
)
LINK = "https://sammen.example.org/s/4f7Kq2xV9bTz_-8hJm3nPw"


def questions(text: str) -> int:
    """How many questions a text asks, in any of the languages."""
    return sum(text.count(sign) for sign in "?؟፧")
