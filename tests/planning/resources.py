"""One of each thing that a municipality has to work with."""

from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image

from accounts.models import User
from municipalities.models import SchoolHoliday
from planning.models import (
    ActivityIdea,
    Arrangement,
    BudgetLine,
    Expense,
    MediaContact,
    MediaCoverage,
    Partner,
    Round,
    RoundPartner,
    VenueDoor,
)
from tests.factories import VenueFactory, volunteer_of


def idea_of(municipality: Any, title: str = "Aking", **fields: Any) -> ActivityIdea:
    values = {"what": "Vi aker.", "where": "outdoors", "language_needed": "none", **fields}
    return ActivityIdea.objects.create(municipality=municipality, title=title, **values)


def partner_of(municipality: Any, name: str = "Helsestasjonen", **fields: Any) -> Partner:
    return Partner.objects.create(municipality=municipality, name=name, **{"kind": "municipal", **fields})


def a_picture(size: tuple[int, int] = (80, 60), kind: str = "PNG", **rest: Any) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "#b3312c").save(written, kind, **rest)
    return written.getvalue()


def planned_in(in_round: Round, person: User) -> dict[str, list[Any]]:
    """What each address of the room needs besides the municipality's number."""
    town = in_round.municipality
    partner = partner_of(town)
    taking_part = RoundPartner.objects.create(municipality=town, round=in_round, partner=partner)
    venue = VenueFactory(municipality=town)
    VenueDoor.objects.create(
        municipality=town, venue=venue, image=a_picture(kind="JPEG"), alt="En dør", width=80, height=60, added_by=person
    )
    idea = idea_of(town)
    arrangement = Arrangement.objects.create(municipality=town, kind="transport", name="Minibuss")
    line = BudgetLine.objects.create(municipality=town, round=in_round, name="Mat", amount=1000)
    day = date(2026, 9, 1)
    expense = Expense.objects.create(municipality=town, line=line, on=day, amount=100, what="Mel", by=person)
    contact = MediaContact.objects.create(municipality=town, name="Sigrid", outlet="Lillevik Blad")
    told = MediaCoverage.objects.create(
        municipality=town, round=in_round, title="Ett bord", outlet="Lillevik Blad", published_on=day
    )
    holiday = SchoolHoliday.objects.create(municipality=town, name="Høstferie", starts_on=day, ends_on=day)
    of_round = ["round_partners", "new_round_partner", "budget", "new_budget_line"]
    rows = {
        "edit_partner": partner,
        "edit_round_partner": taking_part,
        "venue": venue,
        "edit_venue": venue,
        "door": venue,
        "edit_door": venue,
        "edit_volunteer": volunteer_of(town, "Bjørn Dahl", person),
        "idea": idea,
        "edit_idea": idea,
        "new_idea_note": idea,
        "edit_arrangement": arrangement,
        "edit_budget_line": line,
        "new_expense": line,
        "edit_expense": expense,
        "edit_media_contact": contact,
        "edit_coverage": told,
        "edit_school_holiday": holiday,
        **dict.fromkeys(of_round, in_round),
    }
    return {f"planning:{name}": [row.pk] for name, row in rows.items()}
