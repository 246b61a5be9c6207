"""What is to be composed: families, groups, the rules' weights. Only keys and facts, never a name."""

from dataclasses import dataclass, field
from enum import StrEnum


class Rule(StrEnum):
    """The rules, the most important first."""

    APART = "apart"  # not together
    TIME = "time"  # a common time
    SIZE = "size"
    LANGUAGE = "language"  # nobody alone with a language
    BACKGROUND = "background"  # a mix
    CHILDREN = "children"  # somebody near their age
    REACH = "reach"  # the meeting place can be reached


NORDIC = {"nb": "scandinavian", "nn": "scandinavian", "da": "scandinavian", "sv": "scandinavian"}
WALKERS = frozenset({"foot", "bike"})
NEAR = 2  # years between children who are near in age


@dataclass(frozen=True)
class FamilyIn:
    """A family. What is empty is unknown, and never counts against it. `stays`: the key of the group it keeps."""

    key: int
    times: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    interpreter: frozenset[str] = frozenset()  # languages for which an adult needs an interpreter
    background: str = ""
    birth_years: tuple[int, ...] = ()
    area: str = ""
    travels: str = ""
    waited_weeks: int = 0
    stays: str = ""

    @property
    def understood(self) -> frozenset[str]:
        """Languages by which it can talk with others; Scandinavian ones are one. Who needs an interpreter does not
        lean on Norwegian."""
        spoken = {NORDIC.get(language, language) for language in self.languages | self.interpreter} - {"other"}
        return frozenset(spoken - {"scandinavian"} if self.interpreter else spoken)


@dataclass(frozen=True)
class GroupIn:
    """A group that exists, or one to be made (`is_new`: may stay empty; all new ones are alike)."""

    key: str
    is_new: bool = True
    area: str = ""


@dataclass(frozen=True)
class Weights:
    """What it costs to break a rule, once for each that is touched (see scoring.py)."""

    unplaced: int = 100
    time: int = 60
    size: int = 15
    language: int = 20
    background: int = 12
    child: int = 3
    reach: int = 5


@dataclass(frozen=True)
class Problem:
    """`apart`: pairs of keys that may not share a group. `arranged`: languages with an interpreter arranged.

    `smallest` and `largest` are hard; outside `normal` is allowed and said. The order of what is given never matters.
    """

    families: tuple[FamilyIn, ...]
    groups: tuple[GroupIn, ...]
    apart: frozenset[tuple[int, int]] = frozenset()
    arranged: frozenset[str] = frozenset()
    smallest: int = 4
    largest: int = 7
    normal: tuple[int, int] = (5, 6)
    time_is_hard: bool = True
    weights: Weights = field(default_factory=Weights)

    def __post_init__(self) -> None:
        object.__setattr__(self, "families", tuple(sorted(self.families, key=lambda family: family.key)))
        object.__setattr__(self, "groups", tuple(sorted(self.groups, key=lambda group: (group.is_new, group.key))))
        pairs = frozenset((min(pair), max(pair)) for pair in self.apart)
        object.__setattr__(self, "apart", pairs)

    @property
    def by_key(self) -> dict[int, FamilyIn]:
        return {family.key: family for family in self.families}

    def price_of_waiting(self, family: FamilyIn) -> int:
        """What it costs that the family gets no place: more, the longer it has waited."""
        return self.weights.unplaced + min(max(family.waited_weeks, 0), 26)


# Family key → group key; a family that is not in it waits.
Placement = dict[int, str]
