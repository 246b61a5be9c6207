"""What the groups of the demo want, and how the finished round ended."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from families.models import Participation
from families.services.support import ToldSupport
from groups.models import Group
from planning.models import Partner, Round
from planning.services.evaluations import write_evaluation
from sessions_log.services.closings import close_round
from sessions_log.services.goals import note_goal
from sessions_log.services.interviews import ToldAtTheEnd, explain_absence, hold_interview

GOALS = {
    "Bjørka": "Vi tør å ringe på hos hverandre, også når vi ikke har avtalt noe.",
    "Hegg": "Alle ungene skal ha noen å leke med i ferien.",
    "Selje": "Vi lærer å lage mat fra hverandres land.",
}
GAVE = (
    "Nå har vi noen å ringe når bilen ikke starter.",
    "Ungene snakker norsk med naboene.",
    "Vi visste ikke at det fantes en turgruppe her.",
    "Det ble færre søndager alene.",
)
SCORES = ((3, 4, 4), (2, 4, 3), (3, 5, 4), (2, 3, 3))
EVALUATION = {
    "worked": "Fast sted og fast dag. Familiene lagde maten sammen, og da gikk praten av seg selv.",
    "did_not": "Tolken var bestilt for sent til første samling. To familier forsto lite.",
    "differently": "Bestille tolk samme dag som datoen er satt. La familiene ta over fra fjerde samling.",
    "unexpected": "Ungdommene ville ha sitt eget bord.",
    "administration": "Biblioteket og helsestasjonen sto bak fra første dag.",
    "economy": "Pengene holdt. Skyssen kostet mer enn vi trodde.",
    "places": "Bjørkehuset passer godt. Bussen går sjelden etter klokka sju.",
    "recruitment": "Helsestasjonen fant de fleste. Tilflyttere fra andre steder i landet er vanskeligst å finne.",
    "media": "Én sak i lokalavisen om avslutningen.",
    "other": "",
    "ready": "yes",
}


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def say_goals(groups: list[Group], by: Mapping[str, User], day: date) -> None:
    """Each group says what it wants, when it has met."""
    for group in groups:
        note_goal(group=group, words=GOALS[group.name], by=by["Ingrid"], now=moment(day))


def the_end(finished: Round, groups: list[Group], people: Mapping[str, User]) -> None:
    """An exit interview with each family but one, the evaluation, and the round is closed by the leader."""
    last = finished.ends_on - timedelta(days=4)
    partner = Partner.objects.filter(kind="voluntary").first()
    ways = Participation.objects.filter(memberships__group__in=groups).select_related("family", "round")
    for n, way in enumerate(ways.order_by("pk")):
        if n == 5:
            explain_absence(participation=way, absence="moved", words="", by=people["Ingrid"], now=moment(last))
            continue
        goes_on, adult = n % 3 == 0, way.family.people.get(position=0)
        told = ToldAtTheEnd(
            held_on=last,
            gave=GAVE[n % len(GAVE)],
            ready_for=("club", "volunteering", "open_places", "not_now")[n % 4],
            partner=partner if n % 4 == 0 else None,
            next_step="Bli med på første tur" if goes_on else "",
            owner=people["Ingrid"] if goes_on else None,
            done=goes_on,
            support=[ToldSupport(adult, *SCORES[n % 4])] if n % 4 != 3 else [],
        )
        hold_interview(participation=way, told=told, by=people["Ingrid"], now=moment(last))
    write_evaluation(round=finished, answers=EVALUATION, began_with={}, by=people["Kari"], now=moment(last))
    close_round(round=finished, by=people["Kari"], now=moment(finished.ends_on))
    finished.refresh_from_db()
