"""Rows for tests: invented people, mail at example.org, phones from the series nobody has."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Certificate, CertificateRequest, RoleAssignment, User
from accounts.rules.purpose import CURRENT
from families.models import Family, OwnWish, Participation, Person
from groups.models import Group, GroupCoordinator, GroupVolunteer, Membership
from municipalities.models import Municipality
from planning.models import PlanTask, ReferenceMember, Round, RoundCoordinator, Venue, Volunteer
from sessions_log.models import Gathering, GatheringGroup, GatheringHelper, Invitation

OSLO = ZoneInfo("Europe/Oslo")
PASSWORD = "et langt og trygt passord"


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment by the clock on the wall in Oslo."""
    return datetime.combine(day, time(hour, minute), tzinfo=OSLO)


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality
        django_get_or_create = ("number",)

    number = "9901"
    name = "Lillevik"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    phone = factory.Sequence(lambda n: f"+47400009{n % 100:02}")


def person_with_role(name: str, municipality: Municipality | None, *roles: str, **fields: object) -> User:
    """Somebody with an account and these roles in a municipality."""
    email = name.lower().replace(" ", ".").replace("ø", "o").replace("å", "a").replace("æ", "ae")
    user = UserFactory(name=name, email=f"{email}@example.org", **fields)
    for role in roles:
        RoleAssignment.objects.create(user=user, municipality=municipality, role=role)
    return user


def certificate_for(user: User | None, municipality: Municipality, by: User, role: str = "coordinator") -> Certificate:
    return Certificate.objects.create(
        municipality=municipality,
        user=user,
        role=role,
        ground="health_and_care",
        issued_on=date(2026, 7, 1),
        shown_on=date(2026, 8, 12),
        checked_by=by,
    )


def asked_for_certificate(
    user: User, municipality: Municipality, by: User, role: str = "coordinator", ground: str = "health_and_care"
) -> CertificateRequest:
    """She was asked, and has not shown one yet."""
    return CertificateRequest.objects.create(
        municipality=municipality,
        user=user,
        role=role,
        ground=ground,
        text_version=CURRENT,
        asked_on=date(2026, 9, 1),
        asked_by=by,
    )


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = Round

    name = factory.Sequence(lambda n: f"Runde {n}")
    starts_on = date(2026, 8, 1)
    ends_on = date(2026, 12, 20)


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = Venue

    name = "Bjørkehuset"
    address = "Skolegata 4"
    directions = "Buss 21 til Torget, så tre minutter å gå. Rød dør mot parken."


class FamilyFactory(DjangoModelFactory):
    """A family with one adult who gets text messages, and two children."""

    class Meta:
        model = Family
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Familie {n}")

    @factory.post_generation
    def people(self, create: bool, extracted: object, **_rest: object) -> None:
        if not create or extracted is False:
            return
        number = self.pk % 1000
        Person.objects.create(
            municipality=self.municipality,
            family=self,
            kind="adult",
            name=f"Voksen {self.name}",
            phone=f"+47400{number:05}",
            receives=True,
            language="nb",
        )
        for position, year in enumerate((2017, 2020), start=1):
            Person.objects.create(
                municipality=self.municipality,
                family=self,
                kind="child",
                name=f"Barn{position}",
                birth_year=year,
                position=position,
            )


def waiting(family: Family, in_round: Round) -> Participation:
    """The family waits in the round."""
    return Participation.objects.create(
        municipality=family.municipality, family=family, round=in_round, waiting_since=date(2026, 8, 20)
    )


def wish(participation: Participation, by: User) -> OwnWish:
    """The family has said itself that it wants to take part."""
    return OwnWish.objects.create(
        municipality=participation.municipality,
        participation=participation,
        said_by=participation.family.people.filter(kind="adult").first(),
        said_on=date(2026, 8, 25),
        noted_by=by,
    )


def member(family: Family, group: Group, by: User) -> Membership:
    """The family waits, wishes, and belongs to the group."""
    participation = waiting(family, group.round)
    return Membership.objects.create(
        municipality=family.municipality,
        participation=participation,
        family=family,
        group=group,
        wish=wish(participation, by),
        since=date(2026, 9, 1),
    )


def group_of(in_round: Round, coordinator: User, name: str = "Bjørka", families: int = 6) -> Group:
    """A group with its coordinator (certificate shown) and so many families."""
    municipality = in_round.municipality
    group = Group.objects.create(municipality=municipality, round=in_round, name=name)
    certificate = Certificate.objects.filter(user=coordinator).first() or certificate_for(
        coordinator, municipality, in_round.project_leader
    )
    RoundCoordinator.objects.get_or_create(municipality=municipality, round=in_round, user=coordinator)
    GroupCoordinator.objects.create(
        municipality=municipality,
        group=group,
        user=coordinator,
        certificate=certificate,
        is_primary=True,
        since=date(2026, 8, 1),
    )
    for n in range(families):
        member(FamilyFactory(municipality=municipality, name=f"{name}familie {n + 1}"), group, coordinator)
    return group


def deputy_of(
    group: Group, user: User | None = None, since: date | None = None, until: date | None = None
) -> GroupCoordinator:
    """A deputy who has the group in those days; today when none are given."""
    municipality, leader = group.municipality, group.round.project_leader
    user = user or person_with_role("Vilde Vikar", municipality, "coordinator")
    certificate = Certificate.objects.filter(user=user).first() or certificate_for(user, municipality, leader)
    since = since or timezone.localdate()
    return GroupCoordinator.objects.create(
        municipality=municipality,
        group=group,
        user=user,
        certificate=certificate,
        is_deputy=True,
        given_by=leader,
        since=since,
        until=until or since,
    )


def plan_task(in_round: Round, title: str, step: int = 1, **fields: object) -> PlanTask:
    """A task at the end of its step."""
    values: dict[str, object] = {"position": in_round.tasks.filter(step=step).count(), **fields}
    return PlanTask.objects.create(municipality=in_round.municipality, round=in_round, title=title, step=step, **values)


def reference_member(in_round: Round, name: str) -> ReferenceMember:
    return ReferenceMember.objects.create(
        municipality=in_round.municipality, round=in_round, name=name, role="biblioteket", email="ellen@example.org"
    )


def gathering_of(group: Group, starts_at: datetime | None = None, **fields: object) -> Gathering:
    """A gathering of the group that can be announced: what, when, where, how to get there.

    Its coordinator helps, unless she is at another one then.
    """
    starts_at = starts_at or timezone.now() + timedelta(days=3)
    values: dict[str, object] = {
        "activity": "Vi baker brød",
        "place": "Bjørkehuset",
        "address": "Skolegata 4",
        "directions": "Buss 21 til Torget, så tre minutter å gå.",
        "ends_at": starts_at + timedelta(hours=2),
        **fields,
    }
    gathering = Gathering.objects.create(
        municipality=group.municipality,
        round=group.round,
        starts_at=starts_at,
        created_by=group.coordinators.first().user,
        **values,
    )
    GatheringGroup.objects.create(
        municipality=group.municipality,
        gathering=gathering,
        group=group,
        live_kick_off=gathering.kind == "kick_off" and gathering.cancelled_at is None,
    )
    helper = group.coordinators.first()
    during = (gathering.starts_at, gathering.ends_at)
    if gathering.cancelled_at or not GatheringHelper.objects.filter(user=helper.user, during__overlap=during).exists():
        GatheringHelper.objects.create(
            municipality=group.municipality, gathering=gathering, user=helper.user, certificate=helper.certificate
        )
    return gathering


def invited(gathering: Gathering, family: Family) -> Invitation:
    return Invitation.objects.create(
        municipality=gathering.municipality,
        gathering=gathering,
        family=family,
        invited_at=timezone.now(),
        invited_by=gathering.created_by,
    )


def volunteer_of(municipality: Municipality, name: str, by: User, *, certificate: bool = True) -> Volunteer:
    return Volunteer.objects.create(
        municipality=municipality,
        name=name,
        certificate=certificate_for(None, municipality, by, role="volunteer") if certificate else None,
    )


def helping_in(group: Group, name: str = "Gerd Frivillig") -> GroupVolunteer:
    """A volunteer with a certificate shown helps the group."""
    volunteer = volunteer_of(group.municipality, name, group.round.project_leader)
    return GroupVolunteer.objects.create(
        municipality=group.municipality,
        group=group,
        volunteer=volunteer,
        certificate=volunteer.certificate,
        since=date(2026, 9, 1),
    )
