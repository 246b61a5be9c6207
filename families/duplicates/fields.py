"""What becomes of each field when two families, or two notes of one person, are one. A test knows every field."""

from collections.abc import Iterable, Mapping
from typing import Any

from families.models import Channel, Family, Person, Protection

# One of the two values, chosen by a person where both have one; else the one there is.
CHOSEN = ("name", "address", "postcode", "place", "area", "food_needs", "access_needs", "travels", "can_meet", "likes",
          "contributes")  # fmt: skip
# A house has one address: its parts are chosen together.
TOGETHER = {"address": ("address", "postcode", "place")}
JOINED = ("languages", "times")
EITHER = ("needs_transport", "no_photo")
STRICTEST = ("protection",)
OWN = ("id", "municipality", "created_at", "merged_into")

PERSON_CHOSEN = ("name", "phone", "email", "birth_year", "interpreter_language", "language")
PERSON_TOGETHER = {"birth_year": ("birth_year", "birth_year_about")}
PERSON_REACHED = ("receives", "channel", "second_channel")
PERSON_OWN = ("id", "municipality", "family", "kind", "position", "left_on")


def parts(name: str, together: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return together.get(name, (name,))


def to_choose(kept: Any, merged: Any, names: Iterable[str], together: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Fields of which both have a value, and another one."""
    inside = {part for whole in together.values() for part in whole[1:]}
    return [
        name
        for name in names
        if name not in inside
        and getattr(kept, name)
        and getattr(merged, name)
        and any(getattr(kept, part) != getattr(merged, part) for part in parts(name, together))
    ]


def family_to_choose(kept: Family, merged: Family) -> list[str]:
    return to_choose(kept, merged, CHOSEN, TOGETHER)


def person_to_choose(kept: Person, merged: Person) -> list[str]:
    return to_choose(kept, merged, PERSON_CHOSEN, PERSON_TOGETHER)


def chosen_values(
    kept: Any, merged: Any, names: Iterable[str], together: Mapping[str, tuple[str, ...]], theirs: frozenset[str]
) -> dict[str, Any]:
    """The merged one's value where it was chosen, or where the kept has none."""
    inside = {part for whole in together.values() for part in whole[1:]}
    return {
        part: getattr(merged, part)
        for name in names
        if name not in inside and getattr(merged, name) and (name in theirs or not getattr(kept, name))
        for part in parts(name, together)
    }


def combined_family(kept: Family, merged: Family, theirs: frozenset[str]) -> dict[str, Any]:
    """The household's new values. Needs are never lost: languages and times are joined, caution wins."""
    values = chosen_values(kept, merged, CHOSEN, TOGETHER, theirs)
    for name in JOINED:
        values[name] = list(dict.fromkeys([*getattr(kept, name), *getattr(merged, name)]))
    for name in EITHER:
        values[name] = getattr(kept, name) or getattr(merged, name)
    strict = Protection.CONFIDENTIAL
    if strict in (kept.protection, merged.protection):
        values["protection"] = strict.value
    return values


def combined_person(kept: Person, merged: Person, theirs: frozenset[str]) -> dict[str, Any]:
    """The person's new values; one of the two got messages, so she does, by a way that leads to her."""
    values = chosen_values(kept, merged, PERSON_CHOSEN, PERSON_TOGETHER, theirs)
    if kept.kind == "child":
        return values
    now = {"phone": kept.phone, "email": kept.email, **values}
    whose = kept if kept.receives or not merged.receives else merged
    channel, second = whose.channel, whose.second_channel
    if not (now["email"] if channel == Channel.EMAIL else now["phone"]):
        channel = Channel.SMS if now["phone"] else Channel.EMAIL
    receives = (kept.receives or merged.receives) and bool(now["phone"] or now["email"])
    if second in {channel, ""} or channel == Channel.CALL or not now["email" if second == Channel.EMAIL else "phone"]:
        second = ""
    return {**values, "receives": receives, "channel": str(channel), "second_channel": str(second)}
