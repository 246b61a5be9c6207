"""What the families' own answers mean for a round's plan."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families.models import Participation, Person, Protection
from families.queries import standing_wish
from planning.gates import Verdict, asked_once
from planning.models import Round


def counts(round: Round) -> dict[str, int]:
    """Of the families in the round: all, those that said yes themselves, and protected ones that would get messages.
    One query."""
    gets = Person.objects.filter(family=OuterRef("family"), receives=True)
    found: dict[str, int] = (
        Participation.objects.open()
        .filter(round=round)
        .annotate(has_wish=Exists(standing_wish()), gets=Exists(gets))
        .aggregate(
            total=Count("pk"),
            yes=Count("pk", filter=Q(has_wish=True)),
            wrong=Count("pk", filter=Q(family__protection=Protection.CONFIDENTIAL, gets=True)),
        )
    )
    return found


def said_yes(round: Round) -> Verdict:
    """How many of the round's families have said themselves that they want to take part."""
    counted = asked_once(round, counts)
    if not counted["total"]:
        return Verdict(False, _("No family has been referred to the round yet."), ("families:refer", ()))
    if counted["yes"] == counted["total"]:
        sentence = ngettext(
            "The family has said yes itself.", "All %(total)s families have said yes themselves.", counted["total"]
        )
        return Verdict(True, sentence % counted)
    sentence = ngettext(
        "%(yes)s of %(total)s families has said yes itself.",
        "%(yes)s of %(total)s families have said yes themselves.",
        counted["yes"],
    )
    return Verdict(False, sentence % counted, ("families:waiting", ()))


def protected(round: Round) -> Verdict | None:
    """A family with a confidential address gets no automatic message: nobody passes this.

    Silent when all is well, so that the page never tells that there is such a family.
    """
    wrong = asked_once(round, counts)["wrong"]
    if not wrong:
        return None
    sentence = ngettext(
        "%(n)s family with a confidential address is set to get messages. Its coordinator calls instead.",
        "%(n)s families with a confidential address are set to get messages. Their coordinator calls instead.",
        wrong,
    )
    return Verdict(False, sentence % {"n": wrong}, ("families:waiting", ()))
