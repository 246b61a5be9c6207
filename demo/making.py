"""A municipality with two rounds, four groups and 32 families, everything placed around today."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from accounts.models import Certificate, CertificateRequest, RoleAssignment, User
from accounts.rules.purpose import CURRENT
from demo import cast
from demo.cast import Household
from demo.endings import say_goals, the_end
from demo.plans import plans
from demo.recruitment import talk
from demo.resources import furnish
from demo.seating import READY, tell_facts
from families.models import Channel, Family, OwnWish, Participation, Person, Referral
from groups.models import Group, GroupCoordinator, Membership
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from outbox.catalogue import letter_language, render
from outbox.links import hash_of, token_of
from outbox.models import Message
from outbox.queries import quiet_of
from outbox.services.messages import said_by
from planning.models import Round, RoundCoordinator, Venue, Volunteer, VolunteerRequest
from sessions_log.letters import INVITATION, about, facts_for, recipient
from sessions_log.models import (
    Attendance,
    FollowUp,
    Gathering,
    GatheringGroup,
    GatheringGuest,
    GatheringHelper,
    InterpreterBooking,
    Invitation,
    Summary,
)
from sessions_log.services.announcements import promise_reminder
from sessions_log.services.replies import note_reply

NUMBER = "9901"


class AlreadyThere(Exception):
    """The demo municipality exists: it is made once and then left alone."""


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


class Demo:
    """One run; `today` is the day round which everything is placed."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.count = 0
        self.users: dict[str, User] = {}
        self.town: Municipality

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def make(self) -> None:
        self.town = Municipality.objects.create(number=NUMBER, name="Lillevik", public_form_open=True)
        with municipality(self.town):
            self.staff()
            self.places()
            autumn = self.round("Høsten", -96, 40)
            spring = self.round("Våren", -330, -150)
            birch = self.group(autumn, "Bjørka", "Ingrid", cast.BIRCH, -90)
            pine = self.group(autumn, "Furu", "Jonas", cast.PINE, -84)
            hegg = self.group(spring, "Hegg", "Ingrid", cast.HEGG, -320, ended=-155)
            willow = self.group(spring, "Selje", "Jonas", cast.WILLOW, -310, ended=-152)
            self.history(birch, -82, 14, len(cast.PAST), last=-5)
            self.history(pine, -76, 14, len(cast.PAST) - 1, last=-9)
            self.history(hegg, -300, 28, 5, last=-170, closing=True)
            self.history(willow, -290, 28, 5, last=-165, closing=True)
            self.next_of_birch(birch)
            self.next_of_pine(pine)
            self.later(birch)
            self.waiting(autumn)
            furnish(self.town, self.users, autumn, spring, birch, self.today)
            say_goals([hegg, willow], self.users, self.day(-285))
            say_goals([birch], self.users, self.day(-66))
            the_end(spring, [hegg, willow], self.users)
            plans(running=autumn, finished=spring, deputed=birch, people=self.users, today=self.today)

    def staff(self) -> None:
        for name, address, roles in cast.STAFF:
            user = User.objects.create_user(email=address, password=cast.PASSWORD)
            user.name, user.phone = name, f"+4740000{len(self.users) + 10:03}"
            user.is_staff = "administrator" in roles
            user.save()
            EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
            for role in roles:
                RoleAssignment.objects.create(user=user, municipality=self.town, role=role)
            self.users[user.first_name] = user
        self.certificates = {name: self.certificate(self.users[name], "coordinator") for name in ("Ingrid", "Jonas")}

    def certificate(self, user: User | None, role: str) -> Certificate:
        return Certificate.objects.create(
            municipality=self.town,
            user=user,
            role=role,
            ground="health_and_care",
            issued_on=self.day(-350),
            shown_on=self.day(-340),
            checked_by=self.users["Kari"],
        )

    def places(self) -> None:
        self.venues = [
            Venue.objects.create(
                municipality=self.town, name=name, address=address, directions=directions, accessibility=access
            )
            for name, address, directions, access in cast.VENUES
        ]
        self.helper = Volunteer.objects.create(
            municipality=self.town,
            name="Bjørn Dahl",
            phone="+4740000031",
            user=self.users["Bjørn"],
            certificate=self.certificate(None, "volunteer"),
        )
        asked = Volunteer.objects.create(municipality=self.town, name="Lene Ruud", phone="+4740000032")
        request = CertificateRequest.objects.create(
            municipality=self.town,
            role="volunteer",
            ground="organisation",
            text_version=CURRENT,
            asked_on=self.day(-9),
            asked_by=self.users["Kari"],
        )
        VolunteerRequest.objects.create(municipality=self.town, volunteer=asked, request=request)
        Volunteer.objects.create(municipality=self.town, name="Petter Strand", phone="+4740000033")

    def round(self, season: str, start: int, end: int) -> Round:
        row = Round.objects.create(
            municipality=self.town,
            name=f"{season} {self.day((start + end) // 2).year}",
            project_leader=self.users["Kari"],
            starts_on=self.day(start),
            ends_on=self.day(end),
            kick_off_on=self.day(start + 14),
            goals="Familiene kjenner hverandre, og ringer hverandre uten oss.",
        )
        for name in ("Ingrid", "Jonas"):
            RoundCoordinator.objects.create(municipality=self.town, round=row, user=self.users[name])
        return row

    def family(
        self,
        household: Household,
        in_round: Round,
        waits_since: date,
        *,
        contacted: bool = True,
        by_itself: bool = False,
    ) -> Participation:
        row = Family.objects.create(
            municipality=self.town,
            name=household.name,
            languages=list(household.languages),
            food_needs=household.food,
            access_needs=household.access,
            needs_transport=household.lift,
            no_photo=not household.photo,
            protection="confidential" if household.confidential else "none",
        )
        for position, (name, language, channel) in enumerate(household.adults):
            self.count += 1
            by_mail = channel == "email"
            Person.objects.create(
                municipality=self.town,
                family=row,
                kind="adult",
                name=name,
                position=position,
                phone=f"+47400001{self.count:02}",
                email=f"{name.split()[0].lower()}.{self.count}@example.org".replace("å", "a").replace("ø", "o")
                if by_mail
                else "",
                receives=not household.confidential,
                channel=Channel.CALL if household.confidential else channel,
                language=language,
                interpreter_language=household.interpreter,
            )
        for position, (name, year) in enumerate(household.children, start=len(household.adults)):
            Person.objects.create(
                municipality=self.town, family=row, kind="child", name=name, birth_year=year, position=position
            )
        Referral.objects.create(
            municipality=self.town,
            family=row,
            round=in_round,
            referred_by=None if by_itself else self.users["Tor"],
            source="" if by_itself else "helsestasjonen",
            source_kind="self" if by_itself else "health",
            named=household.name,
            referred_on=waits_since,
            agreed_to_contact=True,
            agreed_to_contact_on=waits_since,
            referrer_sees_status=not by_itself,
            reason="Ønsker seg flere å være sammen med i helgene.",
        )
        return Participation.objects.create(
            municipality=self.town,
            family=row,
            round=in_round,
            waiting_since=waits_since,
            contacted_on=waits_since + timedelta(days=4) if contacted else None,
        )

    def wish(self, participation: Participation, day: date, words: str = "") -> OwnWish:
        return OwnWish.objects.create(
            municipality=self.town,
            participation=participation,
            said_by=participation.family.people.get(position=0),
            said_on=day,
            words=words,
            noted_by=self.users["Ingrid"],
        )

    def group(
        self,
        in_round: Round,
        name: str,
        coordinator: str,
        households: Sequence[Household],
        since: int,
        ended: int | None = None,
    ) -> Group:
        row = Group.objects.create(
            municipality=self.town,
            round=in_round,
            name=name,
            meeting_place=self.venues[0] if coordinator == "Ingrid" else self.venues[1],
            chat_kind="whatsapp" if ended is None else "",
            chat_link="https://chat.example.org/bordet" if ended is None else "",
            ended_on=None if ended is None else self.day(ended),
        )
        GroupCoordinator.objects.create(
            municipality=self.town,
            group=row,
            user=self.users[coordinator],
            certificate=self.certificates[coordinator],
            is_primary=True,
            since=self.day(since),
            until=None if ended is None else self.day(ended),
        )
        for household in households:
            participation = self.family(household, in_round, self.day(since - 12))
            wish = self.wish(participation, self.day(since - 5), "Vi vil gjerne bli kjent med flere.")
            Membership.objects.create(
                municipality=self.town,
                participation=participation,
                family=participation.family,
                group=row,
                wish=wish,
                since=self.day(since),
                to=None if ended is None else self.day(ended),
            )
            if ended is not None:
                participation.ended_on, participation.ending = self.day(ended), "ended"
                participation.save()
        ways = Participation.objects.filter(memberships__group=row).select_related("family").order_by("pk")
        talk(list(ways), self.users[coordinator], at(self.day(since - 6), 13))
        return row

    def gathering(self, group: Group, day: date, activity: str, *, kind: str = "gathering", **fields: Any) -> Gathering:
        venue = fields.pop("venue", group.meeting_place)
        hour = fields.pop("hour", 16)
        coordinator = group.coordinators.get()
        row = Gathering.objects.create(
            municipality=self.town,
            round=group.round,
            kind=kind,
            activity=activity,
            starts_at=at(day, hour, 30),
            ends_at=at(day, hour + 2, 30),
            venue=venue,
            place=venue.name if venue else "",
            address=venue.address if venue else "",
            directions=venue.directions if venue else "",
            created_by=coordinator.user,
            **fields,
        )
        GatheringGroup.objects.create(
            municipality=self.town, gathering=row, group=group, live_kick_off=kind == "kick_off"
        )
        past = day < self.today
        GatheringHelper.objects.create(
            municipality=self.town,
            gathering=row,
            user=coordinator.user,
            certificate=coordinator.certificate,
            present=True if past else None,
        )
        return row

    def history(self, group: Group, first: int, every: int, count: int, *, last: int, closing: bool = False) -> None:
        """Gatherings that were held, with attendance and summaries; the latest of a running round waits for one."""
        for n in range(count):
            day = self.day(last if n == count - 1 else first + n * every)
            activity, did, went_well, change = cast.PAST[n]
            kind = "kick_off" if n == 0 else "closing_party" if closing and n == count - 1 else "gathering"
            if kind == "closing_party":
                activity, did, went_well, change = (
                    "Avslutningsfest",
                    "Vi spiste og danset.",
                    "Alle takket hverandre.",
                    "",
                )
            running = group.ended_on is None and n == count - 1
            logged = {} if running else {"logged_at": at(day, 20), "log_version": 1}
            row = self.gathering(group, day, activity, kind=kind, **logged)
            if running:
                if day < self.day(-2):
                    row.asked_for_summary_at = at(day + timedelta(days=2), 9)
                    row.save()
                continue
            self.attendance(row, group, n)
            Summary.objects.create(
                municipality=self.town,
                gathering=row,
                did=did or "Vi var sammen.",
                went_well=went_well,
                change_next=change,
                carried_by="coordinator" if n < 2 else "together" if n < 4 else "families",
                written_by=row.created_by,
                written_at=at(day, 21),
            )
            if n == 1:
                GatheringGuest.objects.create(municipality=self.town, gathering=row, name="Gerd", note="nabo")

    def attendance(self, gathering: Gathering, group: Group, n: int) -> None:
        states = {"told": "told_us", "no": "absent"}
        families = [row.family for row in group.memberships.select_related("family").order_by("family__name")]
        for position, family in enumerate(families):
            answer = cast.CAME[(n * 7 + position * 5) % len(cast.CAME)]
            for order, person in enumerate(family.people.all()):
                state = states.get(answer, "present")
                if answer == "some" and order == 0:
                    state = "told_us"
                Attendance.objects.create(
                    municipality=self.town, gathering=gathering, family=family, person=person, state=state
                )

    def announce(self, row: Gathering, group: Group, when: datetime) -> None:
        """The invitation went out then; the reminder is promised as it always is."""
        for membership in group.memberships.select_related("family"):
            family = membership.family
            Invitation.objects.create(
                municipality=self.town, gathering=row, family=family, invited_at=when, invited_by=row.created_by
            )
            for person in family.people.recipients().exclude(channel=Channel.CALL):
                language = letter_language(person.language)
                text = render(INVITATION, language, facts_for(row, person))
                key = f"{INVITATION}:{row.pk}:{row.generation}:{person.pk}"
                Message.objects.create(
                    municipality=self.town,
                    key=key,
                    link_hash=hash_of(token_of(self.town.pk, key)),
                    kind=INVITATION,
                    channel=person.channel,
                    address=person.address_of_channel,
                    recipient=recipient(person),
                    recipient_name=person.first_name,
                    about=about(row),
                    language=language,
                    **said_by(text),
                    due_at=when,
                    state=Message.State.SENT,
                    sent_at=when + timedelta(seconds=4),
                    created_by=row.created_by,
                )
                promise_reminder(row, person, quiet=quiet_of(self.town), by=row.created_by)

    def next_of_birch(self, group: Group) -> None:
        row = self.gathering(
            group,
            self.day(2),
            "Vi baker brød fra seks kjøkken",
            bring="Et forkle hvis dere har. Gjerne en oppskrift dere er glade i.",
            shopping_note="Glutenfritt mel til to.",
        )
        GatheringHelper.objects.create(
            municipality=self.town, gathering=row, volunteer=self.helper, certificate_id=self.helper.certificate_id or 0
        )
        self.announce(row, group, at(self.day(-4), 12))
        InterpreterBooking.objects.create(
            municipality=self.town,
            gathering=row,
            language="ar",
            ordered_on=self.day(-4),
            confirmed_on=self.day(-2),
        )
        InterpreterBooking.objects.create(municipality=self.town, gathering=row, language="ti", ordered_on=self.day(-4))
        self.reply(row, "Haddad", 2, 3, lift=True, words="Vi tar med khubz og litt za’atar. Kan noen hente oss?")
        self.reply(row, "Tesfay", 1, 2, lift=True, interpreter=True)
        self.reply(row, "Berg", 2, 2)
        self.reply(row, "Okafor", 2, 3)
        self.reply(row, "Nilsen", words="Vi er bortreist. Gjerne neste gang.")
        FollowUp.objects.create(
            municipality=self.town,
            gathering=Gathering.objects.filter(groups=group).order_by("starts_at")[3],
            text="Spør Marit om en barnestol",
            owner=self.users["Ingrid"],
            due_on=self.day(1),
        )

    def next_of_pine(self, group: Group) -> None:
        row = self.gathering(group, self.today, "Skøyter på torget", venue=self.venues[1])
        self.announce(row, group, at(self.day(-6), 12))
        self.reply(row, "Abdi", 1, 2)
        self.reply(row, "Hansen", 2, 1)
        self.reply(row, "Lindqvist", 1, 2)
        self.reply(row, "Nguyen", 1, 2)

    def later(self, group: Group) -> None:
        """One that can be announced and is not yet; one with a day and nothing more. The start page asks for both."""
        self.gathering(group, self.day(9), "Juleverksted", bring="Gjerne noe fint å henge på et tre.", hour=17)
        self.gathering(group, self.day(16), "Avslutningsfest", kind="closing_party", venue=None)

    def reply(
        self,
        row: Gathering,
        name: str,
        adults: int = 0,
        children: int = 0,
        *,
        lift: bool = False,
        interpreter: bool = False,
        words: str = "",
    ) -> None:
        note_reply(
            gathering=row,
            family=Family.objects.get(name=name),
            coming=adults + children > 0,
            adults=adults,
            children=children,
            needs_lift=lift,
            needs_interpreter=interpreter,
            words=words,
            by=row.created_by,
            now=at(self.day(-1), 20, 14),
        )

    def waiting(self, in_round: Round) -> None:
        for n, household in enumerate(cast.WAITING):
            since = self.day(-30 + 5 * n)
            participation = self.family(household, in_round, since, contacted=n < 3, by_itself=n in {1, 3})
            if n < 3:
                talk([participation], self.users["Ingrid"], at(since + timedelta(days=4), 13))
            if n < 2:
                self.wish(participation, since + timedelta(days=6), "Ja, det vil vi.")
        for n, household in enumerate(READY):
            since = self.day(-20 + 2 * n)
            self.wish(self.family(household, in_round, since), since + timedelta(days=3), "Vi vil gjerne bli kjent.")
        tell_facts(self.town, self.users["Ingrid"])


def make_demo() -> None:
    """All of it or nothing. Raises AlreadyThere."""
    with transaction.atomic():
        if Municipality.objects.filter(number=NUMBER).exists():
            raise AlreadyThere
        Demo(timezone.localdate()).make()
