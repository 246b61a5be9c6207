"""What the gatherings say of a round: how far it has come, and what is missing before the kick-off and the party."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families.models import Person
from groups.models import Group
from planning.gates import Verdict
from planning.models import Round
from planning.rules.steps import Step
from sessions_log.models import Gathering, GatheringKind, InterpreterBooking
from web.dates import day
from web.languages import SPOKEN_LANGUAGES


def held(kind: GatheringKind) -> QuerySet[Gathering]:
    """A gathering of this kind that the group of the outer question has held."""
    return Gathering.objects.held(timezone.now()).filter(kind=kind, groups=OuterRef("pk")).order_by()


def progress(round: Round) -> Step:
    """As far as the group that has come the shortest way. One query."""
    groups: list[Any] = list(
        Group.objects.filter(round=round).annotate(
            began=Exists(held(GatheringKind.KICK_OFF)), ended=Exists(held(GatheringKind.CLOSING_PARTY))
        )
    )
    if not groups or not all(group.began for group in groups):
        return Step.PLANNING
    return Step.CLOSING if all(group.ended for group in groups) else Step.GATHERINGS


def of_kind_ahead(round: Round, kind: GatheringKind) -> list[tuple[Group, Gathering | None]]:
    """Each group that has not held this kind of gathering, with the one that is planned. Three queries."""
    groups = list(Group.objects.active().filter(round=round).exclude(Exists(held(kind))))
    planned: dict[int, Gathering] = {}
    rows = Gathering.objects.live().filter(kind=kind, groups__in=groups).distinct().prefetch_related("groups")
    for row in rows:
        for group in row.groups.all():
            planned.setdefault(group.pk, row)
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
    """An interpreter is ordered and confirmed for each language that a family needs one for, at its kick-off."""
    groups = list(Group.objects.active().filter(round=round).exclude(Exists(held(GatheringKind.KICK_OFF))))
    needed = (
        Person.objects.filter(
            kind="adult", left_on__isnull=True, family__memberships__group__in=groups, family__memberships__to=None
        )
        .exclude(interpreter_language="")
        .values_list("family__memberships__group", "interpreter_language")
        .distinct()
    )
    wanted = set(needed)
    if not wanted:
        return None
    booked = {
        (row["gathering__groups"], row["language"]): row["confirmed_on"] is not None
        for row in InterpreterBooking.objects.filter(
            gathering__kind=GatheringKind.KICK_OFF,
            gathering__cancelled_at__isnull=True,
            gathering__groups__in=groups,
            ordered_on__isnull=False,
        ).values("gathering__groups", "language", "confirmed_on")
    }
    missing = {language for group, language in wanted if (group, language) not in booked}
    if missing:
        sentence = _("No interpreter is ordered for %(languages)s.") % {"languages": named(missing)}
        return Verdict(False, sentence, ("sessions_log:gatherings", ()))
    unsure = {language for group, language in wanted if not booked[group, language]}
    if unsure:
        sentence = _("The interpreter for %(languages)s is not confirmed.") % {"languages": named(unsure)}
        return Verdict(False, sentence, ("sessions_log:gatherings", ()))
    return Verdict(
        True,
        _("Interpreters are confirmed for %(languages)s.") % {"languages": named({code for _group, code in wanted})},
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
