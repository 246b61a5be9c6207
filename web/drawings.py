"""The table: one seat per family round it. The programme's one picture, drawn by the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

STATES = ("yes", "no", "some", "wait", "yours")
NAME_LENGTH, NOTE_LENGTH = 14, 15


@dataclass(frozen=True)
class Seat:
    """A family at the table. `state`: yes | no | some | wait | yours; `note`: what it answered, in words."""

    state: str
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Placed:
    """A seat with its place in the drawing's own units."""

    state: str
    x: float
    y: float
    name: str = ""
    note: str = ""


def cut(text: str, length: int) -> str:
    """So much as there is room for beside the neighbour; the words beside the drawing say it in full."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def small(states: Sequence[str]) -> list[Placed]:
    """Places round a table of 96 × 96, from the top and clockwise."""
    step = 360 / max(len(states), 1)
    return [
        Placed(state, round(48 + 36 * sin(radians(i * step)), 1), round(48 - 36 * cos(radians(i * step)), 1))
        for i, state in enumerate(states)
    ]


def large(seats: Sequence[Seat]) -> list[Placed]:
    """Places round a table of 320 × 274, with room for a name and a note below each."""
    step = 360 / max(len(seats), 1)
    crowded = len(seats) > 8
    return [
        Placed(
            seat.state,
            round(160 + 112 * sin(radians(i * step)), 1),
            round(122 - 100 * cos(radians(i * step)), 1),
            cut(seat.name, NAME_LENGTH),
            "" if crowded else cut(seat.note, NOTE_LENGTH),
        )
        for i, seat in enumerate(seats)
    ]


def in_words(seats: Sequence[Seat]) -> str:
    """What the drawing says, for those who hear it."""
    return "; ".join(f"{seat.name}: {seat.note}" if seat.note else seat.name for seat in seats)
