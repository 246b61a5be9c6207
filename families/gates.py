"""What the families' own answers mean for a round's plan."""

from django.db.models import Count, Exists, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from families.models import Participation, Protection
from families.queries import standing_wish
from planning.gates import Verdict
from planning.models import Round


def said_yes(round: Round) -> Verdict:
    """How many of the round's families have said themselves that they want to take part. One query."""
    counted = (
        Participation.objects.open()
        .filter(round=round)
        .annotate(has_wish=Exists(standing_wish()))
        .aggregate(total=Count("pk"), yes=Count("pk", filter=Q(has_wish=True)))
    )
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
    """A family with a confidential address gets no automatic message: nobody passes this. One query.

    Silent when all is well, so that the page never tells that there is such a family.
    """
    wrong = (
        Participation.objects.open()
        .filter(round=round, family__protection=Protection.CONFIDENTIAL, family__people__receives=True)
        .distinct()
        .count()
    )
    if not wrong:
        return None
    sentence = ngettext(
        "%(n)s family with a confidential address is set to get messages. Its coordinator calls instead.",
        "%(n)s families with a confidential address are set to get messages. Their coordinator calls instead.",
        wrong,
    )
    return Verdict(False, sentence % {"n": wrong}, ("families:waiting", ()))
