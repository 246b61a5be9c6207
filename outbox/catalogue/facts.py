"""What a letter may know, and how each language says it."""

from dataclasses import dataclass
from datetime import datetime

from outbox.catalogue.languages import as_written, clock_of, day_of, isolated


@dataclass(frozen=True)
class Facts:
    """What a letter may know. No family name, no child, nobody's referral: it is not here, so it cannot leak.

    `host` is the coordinator's first name. `code` and `link` are placeholders of the stored text: a channel puts the
    secret in at hand-over. `event` and `generation` make the calendar file one and the same through all changes.
    """

    first_name: str = ""
    activity: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    address: str = ""
    directions: str = ""
    bring: str = ""
    host: str = ""
    host_phone: str = ""
    municipality: str = ""
    options: tuple[str, ...] = ()
    words: str = ""
    code: str = ""
    link: str = ""
    event: str = ""
    generation: int = 1


def one_line(text: str) -> str:
    """What the coordinator wrote, as a part of one sentence of ours."""
    return " ".join(text.split()).rstrip(".")


def words_of(facts: Facts, language: str, *, lines: bool) -> dict[str, str]:
    """The facts as a letter says them, by the names of its placeholders; "" for what is not known.

    `lines`: where there is room for them, the choices of a vote stand on lines of their own.
    """
    start, end = facts.starts_at, facts.ends_at
    clock = f"{clock_of(start, language)}–{clock_of(end, language)}" if start and end else ""
    place = ", ".join(filter(None, (one_line(facts.place), one_line(facts.address))))
    options = [f"{n}: {as_written(one_line(each), language)}" for n, each in enumerate(facts.options, start=1)]
    return {
        "name": facts.first_name,
        "activity": as_written(one_line(facts.activity), language),
        "day": day_of(start, language) if start else "",
        "clock": isolated(clock, language),
        "time": isolated(clock_of(start, language) if start else "", language),
        "place": as_written(place, language),
        "spot": as_written(one_line(facts.place), language),
        "directions": as_written(one_line(facts.directions), language),
        "bring": as_written(one_line(facts.bring), language),
        "host": facts.host,
        "phone": isolated(facts.host_phone, language),
        "municipality": as_written(facts.municipality, language),
        "options": "\n".join(options) if lines else "".join(f"{option}. " for option in options).strip(),
        "words": as_written(facts.words.strip(), language),
        "code": isolated(facts.code, language),
        # The blank ends the address for phones that would take the sign after it for a part of it.
        "link": isolated(f"{facts.link} " if facts.link else "", language).rstrip(" "),
    }
