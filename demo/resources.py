"""What Lillevik has to work with: partners, places, volunteers, ideas, budget, media, school days."""

from datetime import date, timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from accounts.models import User
from groups.models import Group
from groups.services.volunteers import add_volunteer
from municipalities.models import Municipality, SchoolHoliday
from planning.models import (
    ActivityIdea,
    Arrangement,
    BudgetLine,
    Expense,
    IdeaNote,
    MediaContact,
    MediaCoverage,
    Partner,
    Round,
    RoundPartner,
    Venue,
    Volunteer,
)
from planning.rules.pictures import small_picture
from planning.services.venues import set_door

PARTNERS = [
    ("Flyktningtjenesten", "municipal", "Mona Eide", "+4740000041", "Møter familiene den første tiden.", True),
    ("Helsestasjonen", "municipal", "Anne Lunde", "+4740000042", "Møter alle som har små barn.", True),
    ("Kultur og idrett", "municipal", "Per Fossum", "+4740000043", "Gymsal torsdager, nøkkel til Bjørkehuset.", False),
    (
        "Lillevik frivilligsentral",
        "voluntary",
        "Grete Moen",
        "+4740000044",
        "Frivillige, minibuss, utstyr.",
        True,
    ),
    ("Lillevik bowlingklubb", "club", "Ola Rud", "+4740000045", "To baner gratis den første mandagen.", False),
    ("Svartdal skole", "school", "Hilde Strand", "+4740000046", "Forteller foreldrene om SAMMEN.", True),
    ("Baker Berntsen", "business", "Knut Berntsen", "+4740000047", "Mel og gjær til bakekvelder.", False),
]
BUDGET = [
    ("Mat", 18_000, [(-82, 2_450, "Oppstart i begge grupper"), (-40, 3_180, "Suppekveld og bakekveld")]),
    ("Skyss", 9_000, [(-60, 5_200, "Buss til gården"), (-12, 4_450, "Minibuss, fire kvelder")]),
    ("Aktiviteter", 12_000, [(-26, 2_800, "Bowling for tolv familier")]),
    ("Tolk", 15_000, []),
]


def furnish(
    town: Municipality, users: dict[str, User], in_round: Round, finished: Round, group: Group, today: date
) -> None:
    """All of it, in the running round."""
    partners_of(town, in_round, finished)
    places_of(town, users)
    helpers_of(town, users, group, today)
    ideas_of(town, users, in_round)
    money_of(town, users, in_round, today)
    media_of(town, in_round, today)
    for name, start, days in (("Høstferie", -55, 4), ("Juleferie", 28, 12), ("Vinterferie", 90, 4)):
        first = today + timedelta(days=start)
        SchoolHoliday.objects.create(
            municipality=town, name=name, starts_on=first, ends_on=first + timedelta(days=days)
        )


def partners_of(town: Municipality, *rounds: Round) -> None:
    for name, kind, person, phone, offers, recruits in PARTNERS:
        partner = Partner.objects.create(
            municipality=town,
            name=name,
            kind=kind,
            contact_person=person,
            phone=phone,
            email=f"{person.split()[0].lower()}@example.org",
            offers=offers,
            recruits=recruits,
        )
        promised = {"Flyktningtjenesten": "Én ansatt to timer i uka.", "Kultur og idrett": "Lokale hver tirsdag."}
        if name in promised:
            RoundPartner.objects.bulk_create(
                RoundPartner(municipality=town, round=each, partner=partner, commitment=promised[name])
                for each in rounds
            )


def door_drawing() -> bytes:
    """A red door in a white wall, drawn: the demo shows no real place."""
    picture = Image.new("RGB", (900, 700), "#dfe8ee")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 90, 900, 600), fill="#f7f3ea")
    pen.rectangle((0, 600, 900, 700), fill="#8f9a86")
    pen.rectangle((350, 210, 560, 600), fill="#b3312c", outline="#6f1d1a", width=8)
    pen.rectangle((390, 260, 520, 380), fill="#cfe3ea", outline="#6f1d1a", width=6)
    pen.ellipse((525, 410, 545, 430), fill="#e8c15a")
    for window in (110, 680):
        pen.rectangle((window, 250, window + 130, 410), fill="#cfe3ea", outline="#7a6a55", width=8)
    pen.rectangle((310, 600, 600, 632), fill="#c9c2b4")
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def places_of(town: Municipality, users: dict[str, User]) -> None:
    house = Venue.objects.order_by("pk")[0]
    house.capacity, house.kitchen, house.cost = 40, "full", "gratis"
    house.save()
    set_door(
        venue=house,
        picture=small_picture(door_drawing()),
        alt="En rød dør midt på en hvit vegg, med et vindu på hver side og ett lavt trinn.",
        by=users["Ingrid"],
    )
    Venue.objects.create(
        municipality=town,
        name="Samfunnshuset",
        address="Torget 1",
        directions="Alle busser til Torget. Inngang mot biblioteket.",
        accessibility="Heis, og toalett for rullestol.",
        used_for="joint",
        capacity=120,
        kitchen="small",
        cost="1 200 kr per kveld",
    )


def helpers_of(town: Municipality, users: dict[str, User], group: Group, today: date) -> None:
    helper = Volunteer.objects.get(name="Bjørn Dahl")
    helper.speaks, helper.skills, helper.networks = (
        ["nb", "en"],
        "Baker, snekrer, kjører minibuss",
        "Røde Kors, turlaget",
    )
    helper.save()
    add_volunteer(volunteer=helper, group=group, since=today - timedelta(days=60), by=users["Ingrid"])
    Volunteer.objects.filter(name="Lene Ruud").update(speaks=["nb", "uk"], skills="Spiller gitar")


def ideas_of(town: Municipality, users: dict[str, User], in_round: Round) -> None:
    skating = ActivityIdea.objects.create(
        municipality=town,
        title="Skøyter på torget",
        what="Isen på torget er åpen til åtte. Vi låner skøyter til alle, og de som ikke vil stå, passer på kakaoen.",
        cost=0,
        seasons=["winter"],
        where="outdoors",
        language_needed="none",
        age_from=3,
        wheelchair=True,
        realistic="Boden på frivilligsentralen har 30 par skøyter. Spark for små barn og for rullestol.",
        lead_days=4,
        book="Grete på frivilligsentralen",
        minutes=90,
    )
    IdeaNote.objects.create(
        municipality=town,
        idea=skating,
        round=in_round,
        again="changed",
        text="Alle ble med ut på isen. Ta med flere ullsokker, og møtes en halvtime tidligere: det blir fort mørkt.",
        by=users["Jonas"],
    )


def money_of(town: Municipality, users: dict[str, User], in_round: Round, today: date) -> None:
    for name, amount, expenses in BUDGET:
        line = BudgetLine.objects.create(municipality=town, round=in_round, name=name, amount=amount)
        for days, spent, what in expenses:
            Expense.objects.create(
                municipality=town,
                line=line,
                on=today + timedelta(days=days),
                amount=spent,
                what=what,
                by=users["Kari"],
            )


def media_of(town: Municipality, in_round: Round, today: date) -> None:
    Arrangement.objects.create(
        municipality=town,
        kind="transport",
        name="Minibussen til frivilligsentralen",
        contact_person="Grete Moen",
        phone="+4740000044",
        how_to_order="Ring, eller skriv i kalenderen deres. Si hvor mange barneseter.",
        lead_days=3,
        price="4 kr per km",
    )
    Arrangement.objects.create(
        municipality=town,
        kind="interpreter",
        name="Tolketjenesten",
        phone="+4740000048",
        speaks=["ar", "ti", "uk"],
        how_to_order="Bestilles på kommunens skjema.",
        lead_days=7,
        price="650 kr per time",
    )
    MediaContact.objects.create(
        municipality=town,
        name="Sigrid Aune",
        outlet="Lillevik Blad",
        phone="+4740000049",
        email="sigrid@example.org",
        note="Leser alltid sitater høyt før trykk.",
    )
    MediaCoverage.objects.create(
        municipality=town,
        round=in_round,
        title="Seks kjøkken, ett bord",
        outlet="Lillevik Blad",
        published_on=today - timedelta(days=33),
        link="https://blad.example.org/seks-kjokken",
    )
