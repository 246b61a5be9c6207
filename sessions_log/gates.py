"""What the gatherings say of a round: how far it has come, and what is missing before the kick-off and the party."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families.models import Person
from groups.models import Group
from planning.gates import Verdict, asked_once
from planning.models import Round
from planning.rules.steps import Step
from sessions_log.models import Gathering, GatheringGroup, GatheringKind, InterpreterBooking
from web.dates import day
from web.languages import SPOKEN_LANGUAGES


def held(kind: GatheringKind) -> QuerySet[Gathering]:
    """A gathering of this kind that the group of the outer question has held."""
    return Gathering.objects.held(timezone.now()).filter(kind=kind, groups=OuterRef("pk")).order_by()


def stages(round: Round) -> list[Any]:
    """Every group of the round with `.began` and `.ended`: whether its kick-off and closing party were held. One
    query."""
    return list(
        Group.objects.filter(round=round).annotate(
            began=Exists(held(GatheringKind.KICK_OFF)), ended=Exists(held(GatheringKind.CLOSING_PARTY))
        )
    )


def ahead(round: Round, kind: GatheringKind) -> list[Group]:
    """Active groups that have not held this kind of gathering."""
    done = "began" if kind == GatheringKind.KICK_OFF else "ended"
    return [group for group in asked_once(round, stages) if group.ended_on is None and not getattr(group, done)]


def progress(round: Round) -> Step:
    """As far as the group that has come the shortest way."""
    groups = asked_once(round, stages)
    if not groups or not all(group.began for group in groups):
        return Step.PLANNING
    return Step.CLOSING if all(group.ended for group in groups) else Step.GATHERINGS


def of_kind_ahead(round: Round, kind: GatheringKind) -> list[tuple[Group, Gathering | None]]:
    """Each group that has not held this kind of gathering, with the first one that is planned. One query."""
    groups = ahead(round, kind)
    planned: dict[int, Gathering] = {}
    rows = GatheringGroup.objects.filter(
        group__in=groups, gathering__kind=kind, gathering__cancelled_at__isnull=True
    ).select_related("gathering")
    for row in rows.order_by("gathering__starts_at", "gathering"):
        planned.setdefault(row.group_id, row.gathering)
    return [(group, planned.get(group.pk)) for group in groups]


def kick_offs(round: Round) -> Verdict | None:
    """Each kick-off says what, when, where and how to get there (domain rule 5)."""
    ahead = of_kind_ahead(round, GatheringKind.KICK_OFF)
    if not ahead:
        return None
    missing = [group.name for group, row in ahead if row is None]
    if missing:
        sentence = _("No kick-off is planned for %(groups)s.") % {"groups": ", ".join(missing)}
        return Verdict(False, sentence, ("sessions_log:new", ()))
    unready = next((row for _group, row in ahead if row and not row.can_be_announced), None)
    if unready:
        return not_complete(unready)
    return Verdict(True, _("Each kick-off has what, when, where and how to get there."))


def not_complete(row: Gathering) -> Verdict:
    sentence = _("The plan for %(day)s is not complete: what, where or how to get there.")
    return Verdict(False, sentence % {"day": day(row.starts_at)}, ("sessions_log:edit", (row.pk,)))


def interpreters(round: Round) -> Verdict | None:
    """An interpreter is ordered and confirmed for each language that a family needs one for, at its kick-off. One
    query."""
    ordered = InterpreterBooking.objects.filter(
        language=OuterRef("interpreter_language"),
        gathering__groups=OuterRef("family__memberships__group"),
        gathering__kind=GatheringKind.KICK_OFF,
        gathering__cancelled_at__isnull=True,
        ordered_on__isnull=False,
    )
    needed = (
        Person.objects.filter(
            kind="adult",
            left_on__isnull=True,
            family__memberships__group__in=ahead(round, GatheringKind.KICK_OFF),
            family__memberships__to=None,
        )
        .exclude(interpreter_language="")
        .annotate(ordered=Exists(ordered), confirmed=Exists(ordered.filter(confirmed_on__isnull=False)))
        .values_list("interpreter_language", "ordered", "confirmed")
        .distinct()
    )
    wanted = set(needed)
    if not wanted:
        return None
    missing = {language for language, is_ordered, _sure in wanted if not is_ordered}
    if missing:
        sentence = _("No interpreter is ordered for %(languages)s.") % {"languages": named(missing)}
        return Verdict(False, sentence, ("sessions_log:gatherings", ()))
    unsure = {language for language, _ordered, is_sure in wanted if not is_sure}
    if unsure:
        sentence = _("The interpreter for %(languages)s is not confirmed.") % {"languages": named(unsure)}
        return Verdict(False, sentence, ("sessions_log:gatherings", ()))
    return Verdict(
        True,
        _("Interpreters are confirmed for %(languages)s.")
        % {"languages": named({language for language, _ordered, _sure in wanted})},
    )


def named(codes: Iterable[str]) -> str:
    """Languages by name, in the alphabet's order."""
    return ", ".join(sorted(str(SPOKEN_LANGUAGES.get(code, code)) for code in codes))


def summaries(round: Round) -> Verdict | None:
    """Nothing that was held is without a summary. One query."""
    count = Gathering.objects.filter(round=round).without_summary(timezone.now()).count()
    if not count:
        return None
    sentence = ngettext("%(n)s summary is missing.", "%(n)s summaries are missing.", count) % {"n": count}
    return Verdict(False, sentence, ("sessions_log:gatherings", ()))


def closing_parties(round: Round) -> Verdict | None:
    """Each group's closing party has a day, a place and a way there."""
    ahead = of_kind_ahead(round, GatheringKind.CLOSING_PARTY)
    if not ahead:
        return None
    missing = [group.name for group, row in ahead if row is None]
    if missing:
        sentence = _("No closing party is planned for %(groups)s.") % {"groups": ", ".join(missing)}
        return Verdict(False, sentence, ("sessions_log:new", ()))
    unready = next((row for _group, row in ahead if row and not row.can_be_announced), None)
    return not_complete(unready) if unready else Verdict(True, _("The closing party is planned."))
