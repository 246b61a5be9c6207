"""Planning's own gates: somebody coordinates, and the kick-off has a day."""

from django.utils.translation import gettext as _

from planning.gates import Verdict
from planning.models import Round
from web.dates import day


def has_coordinator(round: Round) -> Verdict:
    """One query."""
    names = [str(row.user) for row in round.coordinators.select_related("user").order_by("user__name")]
    if not names:
        return Verdict(False, _("Nobody coordinates the round yet."), ("planning:edit", (round.pk,)))
    return Verdict(True, _("Coordinated by %(names)s.") % {"names": ", ".join(names)})


def has_kick_off_day(round: Round) -> Verdict:
    if round.kick_off_on is None:
        sentence = _("The kick-off has no planned day, so the tasks have none either.")
        return Verdict(False, sentence, ("planning:edit", (round.pk,)))
    return Verdict(True, _("The kick-off is planned for %(day)s.") % {"day": day(round.kick_off_on)})
