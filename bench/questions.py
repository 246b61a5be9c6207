"""What the pages ask the database; run inside `manage.py shell`. Everything it makes is rolled back."""

import json
import sys
from datetime import timedelta

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import RoleAssignment, User
from demo.cast import STAFF, Household
from demo.making import Demo
from groups.models import Group
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from planning.models import Round, Venue
from sessions_log.models import Gathering, Invitation

NUMBER = "9909"
# What opens and closes the request's transaction and its municipality.
BESIDE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "select (select nullif(current_setting")


class Town(Demo):
    """A town beside the demo's, with its staff and one group of so many families and gatherings."""

    def fill(self, size: int) -> None:
        self.town = Municipality.objects.create(number=NUMBER, name="Benkevik")
        with municipality(self.town):
            self.users = {user.first_name: user for user in User.objects.filter(email__in=[row[1] for row in STAFF])}
            for name, role in (("Ingrid", "coordinator"), ("Kari", "leader")):
                RoleAssignment.objects.create(user=self.users[name], municipality=self.town, role=role)
            self.certificates = {
                name: self.certificate(self.users[name], "coordinator") for name in ("Ingrid", "Jonas")
            }
            self.places()
            self.current = self.round("Benken", -60, 60)
            families = [
                Household(f"Prøve {n}", [(f"Prøve {n}", "nb", "sms")], [(f"Barn {n}", 2017)]) for n in range(size)
            ]
            self.row = self.group(self.current, "Prøve", "Ingrid", families, -50)
            for n in range(size):
                day = self.day(-2 - n)
                self.attendance(
                    self.gathering(self.row, day, "Tur", kind="gathering" if n else "kick_off"), self.row, n
                )
            coming = self.gathering(self.row, self.day(2), "Vi baker")
            for membership in self.row.memberships.select_related("family"):
                Invitation.objects.create(
                    municipality=self.town,
                    gathering=coming,
                    family=membership.family,
                    invited_at=timezone.now() - timedelta(days=3),
                    invited_by=self.users["Ingrid"],
                )

    def places(self) -> None:
        """One is enough; without the demo's volunteer, who logs in there."""
        self.venues = [
            Venue.objects.create(municipality=self.town, name="Huset", address="Torget 1", directions="Midt på torget")
        ]


def count(size: int) -> None:
    """Says as JSON how many questions each page asks with so many rows."""
    with transaction.atomic():
        town = Town(timezone.localdate())
        town.fill(size)
        sys.stdout.write(json.dumps(town_pages(town)))
        transaction.set_rollback(True)


def town_pages(town: Town) -> dict[str, int]:
    home, group, current = f"/k/{NUMBER}/", town.row, town.current
    assert isinstance(group, Group)
    assert isinstance(current, Round)
    with municipality(town.town):
        held = Gathering.objects.filter(groups=group).earliest("starts_at")
    pages = {
        "start": ("Ingrid", home),
        "group": ("Ingrid", f"{home}grupper/{group.pk}/"),
        "log": ("Ingrid", f"{home}samlinger/{held.pk}/logg/"),
        "round": ("Kari", f"{home}runder/{current.pk}/"),
    }
    return {name: asked(town.users[person], path) for name, (person, path) in pages.items()}


def asked(user: User, path: str) -> int:
    """The questions of a page that was seen once before."""
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(user)
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return sum(not query["sql"].startswith(BESIDE) and "set_config" not in query["sql"] for query in captured)
