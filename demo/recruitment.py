"""What the families of the running round have told: conversations, consents, backgrounds, the three questions."""

from datetime import datetime

from accounts.models import User
from families.models import Background, Conversation, Family, Participation, SupportAnswer
from families.services.consents import give_consent

AREAS = ("Nordbyen", "Torget", "Fjellia", "Nordbyen", "Svartdal")
TIMES = (
    ["tue-eve", "thu-eve", "sat-day"],
    ["thu-eve", "sun-day"],
    ["tue-eve", "thu-eve"],
    ["thu-eve", "sat-day", "sun-day"],
)
TRAVELS = ("bus", "car", "foot", "bus", "bike")
LIKES = ("turer og bål", "matlaging", "fotball og lek", "håndarbeid", "musikk", "å være ute")
BRINGS = ("baker gjerne", "har stor gryte", "kan kjøre to til", "spiller gitar", "ordner leker for barna")
TOLD = (
    "Flyttet hit for to år siden og kjenner få. Vil gjerne at barna får venner i nabolaget.",
    "Glade i å lage mat sammen med andre. Har lite familie i nærheten.",
    "Jobber skift, og savner noen å dele helgene med.",
)
ANSWERS = ("moved_here", "grew_up_here", "new_in_norway")
SCORES = ((1, 3, 2), (2, 4, 3), (2, 2, 1), (3, 4, 4))


def talk(rows: list[Participation], by: User, now: datetime) -> None:
    """A conversation was held with each of these families; the answers differ from one to the next."""
    for n, row in enumerate(rows):
        family, day = row.family, row.contacted_on or row.waiting_since
        family.area, family.times, family.travels = AREAS[n % 5], TIMES[n % 4], TRAVELS[n % 5]
        family.likes, family.contributes = LIKES[n % 6], BRINGS[n % 5]
        family.save()
        Conversation.objects.create(
            municipality_id=row.municipality_id,
            participation=row,
            held_on=day,
            held_by=by,
            who_they_are=TOLD[n % 3],
            worries="Om de forstår alt som blir sagt." if n % 4 == 0 else "",
            next_step="Ringe når gruppa er klar",
        )
        adult = family.people.get(position=0)
        if n % 4 != 3:
            Background.objects.create(
                municipality_id=row.municipality_id, family=family, answer=ANSWERS[n % 3], noted_by=by
            )
            close, concern, help_ = SCORES[n % 4]
            SupportAnswer.objects.create(
                municipality_id=row.municipality_id,
                participation=row,
                person=adult,
                moment="before",
                close=close,
                concern=concern,
                help=help_,
                answered_on=day,
                noted_by=by,
            )
        if adult.channel == "sms":
            give_consent(family=family, purpose="sms", person=adult, given_by=adult, by=by, now=now)
        if not family.no_photo:
            agree_to_photos(family, by, now)
        if n % 3 != 2:
            give_consent(family=family, purpose="invite_again", person=None, given_by=adult, by=by, now=now)


def agree_to_photos(family: Family, by: User, now: datetime) -> None:
    """Everybody has said yes: adults for themselves, the first of them for the children."""
    people = list(family.people.order_by("position"))
    for person in people:
        said_by = person if person.kind == "adult" else people[0]
        give_consent(family=family, purpose="photo", person=person, given_by=said_by, by=by, now=now)
