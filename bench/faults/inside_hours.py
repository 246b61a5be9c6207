"""Three days with providers away, with time passed in; run inside `manage.py shell`. Moments travel as ISO 8601."""

import re
from datetime import datetime, time, timedelta
from typing import Any

import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from families.models import Family
from groups.models import Group
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from outbox import clock
from outbox.delivery import sweep
from outbox.models import Message
from outbox.rules.quiet_hours import on_the_wall
from sessions_log.services.announcements import invite
from sessions_log.services.gatherings import Plan, plan_gathering

STEP = timedelta(minutes=10)
LOOKS = 6  # steps between two looks at the start page


def town_at_work() -> Municipality:
    """The municipality, with the quiet hours that it begins with; promises go by the clock that is passed in."""
    setattr(clock, "lately", timezone.now)  # noqa: B010 - as the tests have it
    Municipality.objects.filter(number="9901").update(quiet_from="21:00", quiet_to="08:00", quiet_on_holidays=False)
    return Municipality.objects.get(number="9901")


def ingrid() -> User:
    return User.objects.get(email="ingrid.solheim@example.org")


def promise_gatherings(hours: list[int]) -> dict[str, Any]:
    """From noon of next Monday on, so many hours later each: a gathering to which all of Ingrid's group are invited."""
    town, by = town_at_work(), ingrid()
    today = timezone.localdate()
    noon = on_the_wall(today + timedelta(days=7 - today.weekday()), time(12))
    found = []
    with municipality(town), time_machine.travel(noon, tick=False):
        group = Group.objects.get(name="Bjørka")
        families = list(Family.objects.filter(memberships__group=group, memberships__to__isnull=True))
        for wait in hours:
            plan = Plan(
                kind="gathering",
                activity="Vi baker brød",
                starts_at=noon + timedelta(hours=wait),
                ends_at=noon + timedelta(hours=wait + 2),
                place="Biblioteket",
                address="Storgata 1",
                directions="Inn hoveddøra.",
            )
            row = plan_gathering(plan=plan, groups=[group], coordinators=group.coordinators.all(), volunteers=[], by=by)
            invite(gathering=row, families=families, generation=row.generation, by=by)
            found.append(row.pk)
    return {"noon": noon.isoformat(), "gatherings": found}


def live(begin: str, hours: int, look: list[int]) -> dict[str, str]:
    """Sweep each ten minutes for so long, and look at Ingrid's start page each hour: when did it first tell her that
    messages about each of these gatherings wait or have failed?"""
    town, by, client = town_at_work(), ingrid(), Client()
    told: dict[str, str] = {}
    now = datetime.fromisoformat(begin)
    for step in range(hours * 6 + 1):
        with time_machine.travel(now, tick=False):
            sweep(now)
            if look and step % LOOKS == 0:
                client.force_login(by)
                page = client.get(f"/k/{town.number}/", headers={"host": "localhost"}).content.decode()
                for pk in look:
                    if tells_of(page, pk):
                        told.setdefault(str(pk), now.isoformat())
        now += STEP
    return told


def tells_of(page: str, gathering: int) -> bool:
    """Whether a line that waits already, about a message, leads to this gathering."""
    lines = re.findall(rf'<li><a href="/k/9901/[^"]*/{gathering}/" class="now">(.*?)</a></li>', page, flags=re.DOTALL)
    return any("melding" in line for line in lines)


def stand(gatherings: list[int]) -> list[tuple[str, str, str, str]]:
    """About, kind, channel and state of each message about these."""
    with municipality(Municipality.objects.get(number="9901")):
        rows = Message.objects.filter(about__in=[f"gathering:{pk}" for pk in gatherings]).order_by("pk")
        return list(rows.values_list("about", "kind", "channel", "state"))
