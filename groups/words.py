"""The rules of a composition in plain words, met and broken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families.rules.times import TIMES
from groups.composing.advice import Waits
from groups.composing.problem import Rule
from groups.composing.scoring import Verdict


@dataclass(frozen=True)
class Line:
    """A rule in words. `is_met` False is shown with «Not quite:» before it; `is_hard` says it must be put right."""

    text: str
    is_met: bool
    is_hard: bool = False


def joined(names: Sequence[str]) -> str:
    """«Berg, Haddad and Moen»."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def time_words(keys: Sequence[str | int]) -> str:
    return joined([str(TIMES[key]) for key in TIMES if key in keys])


def line(verdict: Verdict, names: Mapping[int, str], year: int) -> Line:
    """One rule of one group, for people. `names` by family, `year` the one we are in."""
    text = met(verdict) if verdict.is_met else broken(verdict, names, year)
    return Line(text, verdict.is_met, verdict.is_hard and not verdict.is_met)


def met(verdict: Verdict) -> str:
    facts = verdict.facts
    match verdict.rule:
        case Rule.TIME:
            if not facts:
                return _("Nobody has told when they can")
            return _("All can %(times)s") % {"times": time_words(facts)}
        case Rule.SIZE:
            return ngettext("%(n)d family", "%(n)d families", int(facts[0])) % {"n": int(facts[0])}
        case Rule.LANGUAGE:
            return _("Nobody is alone with a language")
        case Rule.BACKGROUND:
            return _("A mix of backgrounds") if facts else _("Few have told about their background, and need not")
        case Rule.CHILDREN:
            return _("Every child has somebody near its age")
        case Rule.REACH:
            return _("All can get to the meeting place")
        case _:
            return _("Nobody who should not be together")


def broken(verdict: Verdict, names: Mapping[int, str], year: int) -> str:
    facts, who = verdict.facts, joined([names[key] for key in verdict.families if key in names])
    match verdict.rule:
        case Rule.TIME:
            return _("no time when all can. Nearest is %(time)s, but not for %(who)s") % {
                "time": time_words(facts),
                "who": who,
            }
        case Rule.SIZE:
            text = ngettext(
                "%(n)d family. A group is normally five or six",
                "%(n)d families. A group is normally five or six",
                int(facts[0]),
            )
            return text % {"n": int(facts[0])}
        case Rule.LANGUAGE:
            return _("%(who)s shares no language with another family, and no interpreter is arranged") % {"who": who}
        case Rule.BACKGROUND:
            return _("all who have told have the same background")
        case Rule.CHILDREN:
            return alone(facts, names, year)
        case Rule.REACH:
            return _("%(who)s walks or cycles from another part of the municipality") % {"who": who}
        case _:
            return _("%(who)s should not be in one group") % {"who": who}


def alone(facts: Sequence[str | int], names: Mapping[int, str], year: int) -> str:
    """Children without somebody near their age: «Hansen (14 years)»."""
    pairs = zip(facts[::2], facts[1::2], strict=True)
    who = [
        _("%(family)s (%(age)d years)") % {"family": names.get(int(key), ""), "age": year - int(born)}
        for key, born in pairs
    ]
    return _("nobody near their age for the children of %(who)s") % {"who": joined(who)}


def rules_in_order(smallest: int, largest: int, *, time_is_hard: bool) -> list[tuple[str, bool]]:
    """Every rule in plain words, the most important first, and whether it must hold."""
    size = _("Five or six families, never fewer than %(least)d or more than %(most)d")
    return [
        (_("Nobody who should not be together"), True),
        (_("A time when all can"), time_is_hard),
        (size % {"least": smallest, "most": largest}, True),
        (_("Nobody is alone with a language, unless an interpreter is arranged"), False),
        (_("A mix of backgrounds, for those who have told"), False),
        (_("Every child has somebody near its age"), False),
        (_("All can get to the meeting place"), False),
        (_("The longer a family has waited, the more its place counts"), False),
    ]


def rule_name(rule: Rule) -> str:
    """What would have to give way."""
    return {
        Rule.APART: _("that they should not be together"),
        Rule.TIME: _("the common time"),
        Rule.SIZE: _("the size of the group"),
    }.get(rule, str(rule))


def why(waits: Waits, group: str, family: str) -> str:
    """Why a family waits, and what would have to give way."""
    if not waits.group:
        return _("There are too few families for another group so far.")
    if not waits.rules:
        return _("%(family)s can be seated with %(group)s as it is.") % {"family": family, "group": group}
    rules = joined([rule_name(rule) for rule in waits.rules])
    return _("To seat %(family)s with %(group)s, this has to give way: %(rules)s.") % {
        "family": family,
        "group": group,
        "rules": rules,
    }


def sentence(text: str) -> str:
    """With a capital letter and a full stop."""
    return capfirst(text.rstrip(".")) + "."
