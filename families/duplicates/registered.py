"""For rows of a list: the registered family that each is most like."""

from collections import defaultdict
from collections.abc import Mapping

from accounts.models import User
from families.duplicates.pairs import TOO_COMMON, household_of, present_people
from families.importing.sameness import Match
from families.models import Family, Protection, Trace
from families.rules.sameness import Household, keys_of, likeness


def registered_like(rows: Mapping[str, Household], municipality_id: int, by: User) -> dict[str, Match]:
    """By row the registered family that it is perhaps the same as. Four queries.

    All families of the municipality are compared, so that nobody comes in twice; only one that she may see, and that
    is not protected, is named.
    """
    wanted: dict[tuple[str, str], list[str]] = defaultdict(list)
    for place, household in rows.items():
        for each in keys_of(household):
            wanted[each].append(place)
    traces = Trace.objects.filter(municipality=municipality_id, kind__in={kind for kind, _key in wanted})
    holders: dict[tuple[str, str], set[int]] = defaultdict(set)
    for kind, key, pk in traces.filter(key__in={key for _kind, key in wanted}).values_list("kind", "key", "family"):
        holders[kind, key].add(pk)
    near: dict[str, set[int]] = defaultdict(set)
    for shared, families in holders.items():
        if len(families) <= TOO_COMMON:
            for place in wanted.get(shared, []):
                near[place] |= families
    pks = {pk for found in near.values() for pk in found}
    registered = Family.objects.filter(pk__in=pks, merged_into__isnull=True).prefetch_related(present_people())
    families_by_pk = {family.pk: family for family in registered}
    visible = Family.objects.visible_to(by).filter(pk__in=pks, protection=Protection.NONE)
    named = set(visible.values_list("pk", flat=True))
    households = {pk: household_of(family) for pk, family in families_by_pk.items()}
    matches: dict[str, Match] = {}
    for place, found in near.items():
        compared = [(likeness(rows[place], households[pk]), pk) for pk in found if pk in households]
        best = min(compared, key=lambda each: (-each[0].score, each[1]), default=None)
        if best is not None and best[0].perhaps:
            how, pk = best
            matches[place] = Match(how, families_by_pk[pk].name, pk) if pk in named else Match(how)
    return matches
