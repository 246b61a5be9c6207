"""Whether a place or a coordinator is taken at a time already."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from planning.models import Venue
from sessions_log.models import Gathering, GatheringHelper
from web.dates import clock_span, day

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Taken:
    """Somebody or a place, and the gathering that has them then. `title` is "" when she may not see that gathering."""

    what: str
    title: str
    starts_at: datetime
    ends_at: datetime

    @property
    def words(self) -> str:
        said = {"what": self.what, "title": self.title, "time": clock_span(self.starts_at, self.ends_at)}
        return (_("%(what)s: «%(title)s», %(time)s") if self.title else _("%(what)s: taken %(time)s")) % said

    @property
    def sentence(self) -> str:
        said = {"what": self.what, "title": self.title, "time": clock_span(self.starts_at, self.ends_at)}
        said["day"] = day(self.starts_at)
        if self.title:
            return _("%(what)s is taken on %(day)s %(time)s: «%(title)s».") % said
        return _("%(what)s is taken on %(day)s %(time)s.") % said


def overlap(span: Span, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether they share a moment; one may begin when the other ends."""
    return span[0] < ends_at and starts_at < span[1]


def around(spans: Sequence[Span], but: Collection[int]) -> QuerySet[Gathering]:
    """Gatherings that are not cancelled, between the first beginning and the last end."""
    first, last = min(start for start, _end in spans), max(end for _start, end in spans)
    return Gathering.objects.live().filter(starts_at__lt=last, ends_at__gt=first).exclude(pk__in=but)


def taken(
    user: User, *, spans: Sequence[Span], venue: Venue | None, people: Collection[User], but: Collection[int] = ()
) -> tuple[list[Taken], list[Taken]]:
    """What has the place, and what has the people, at one of these times; the gatherings `but` do not count.

    At most three queries, whatever the number of times. The database refuses the same (`a_venue_is_booked_once`,
    `nobody_is_at_two_gatherings`).
    """
    if not spans:
        return [], []
    near = around(spans, but)
    by_venue = list(near.filter(venue=venue)) if venue else []
    by_person = (
        list(
            GatheringHelper.objects.filter(user__in=[person.pk for person in people], gathering__in=near)
            .select_related("user", "gathering")
            .order_by("gathering__starts_at", "pk")
        )
        if people
        else []
    )
    pks = [row.pk for row in by_venue] + [helper.gathering_id for helper in by_person]
    known = set(Gathering.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True)) if pks else set()

    def told(what: str, row: Gathering) -> Taken:
        return Taken(what, row.title if row.pk in known else "", row.starts_at, row.ends_at)

    def clashes(row: Gathering) -> bool:
        return any(overlap(span, row.starts_at, row.ends_at) for span in spans)

    return (
        [told(str(venue), row) for row in by_venue if clashes(row)],
        [told(str(helper.user), helper.gathering) for helper in by_person if clashes(helper.gathering)],
    )
