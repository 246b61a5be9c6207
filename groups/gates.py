"""What a round's groups say before the kick-off: their size, everybody's own wish, the coordinators' certificates."""

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Certificate, CertificateRole, User
from groups.models import Group, GroupCoordinator
from groups.services.groups import NORMAL_SIZE
from planning.gates import Verdict, asked_once
from planning.models import Round


def counted(round: Round) -> list[Any]:
    """Every group of the round with `.size`, its families now, and `.without`, those whose wish is taken back. One
    query."""
    now = Q(memberships__to__isnull=True, memberships__isnull=False)
    return list(
        Group.objects.filter(round=round).annotate(
            size=Count("memberships", filter=now),
            without=Count("memberships", filter=now & Q(memberships__wish__withdrawn_at__isnull=False)),
        )
    )


def sizes(round: Round) -> Verdict:
    """Five or six families a group; fewer or more is said plainly."""
    found = [(group.name, group.size) for group in asked_once(round, counted) if group.ended_on is None]
    if not found:
        return Verdict(False, _("No group is made yet."), ("groups:new", ()))
    odd = [
        ngettext("%(group)s has %(n)s family.", "%(group)s has %(n)s families.", size) % {"group": name, "n": size}
        for name, size in found
        if size not in NORMAL_SIZE
    ]
    if odd:
        return Verdict(False, " ".join([*odd, _("A group is normally five or six.")]), ("groups:groups", ()))
    return Verdict(True, _("Each group has five or six families."))


def own_wishes(round: Round) -> Verdict | None:
    """Everybody in a group has said so themselves (domain rule 3)."""
    groups = asked_once(round, counted)
    without = sum(group.without for group in groups)
    if not any(group.size for group in groups):
        return None
    if without:
        sentence = ngettext(
            "%(without)s family in a group no longer wants to take part.",
            "%(without)s families in a group no longer want to take part.",
            without,
        )
        return Verdict(False, sentence % {"without": without}, ("groups:groups", ()))
    return Verdict(True, _("Everybody in a group has said themselves that they want to."))


def certificates(round: Round) -> Verdict | None:
    """Everybody who coordinates the round or follows a group of it has shown one (domain rule 4). One query."""
    followers = GroupCoordinator.objects.current().filter(group__round=round, group__ended_on__isnull=True)
    shown = Certificate.objects.opening(timezone.localdate()).filter(role=CertificateRole.COORDINATOR)
    people = list(
        User.objects.filter(Q(pk__in=round.coordinators.values("user")) | Q(pk__in=followers.values("user")))
        .annotate(shown=Count("pk", filter=Q(pk__in=shown.values("user"))))
        .order_by("name", "pk")
    )
    if not people:
        return None
    missing = [str(user) for user in people if not user.shown]
    if missing:
        sentence = _("No police certificate has been shown by %(names)s.") % {"names": ", ".join(missing)}
        return Verdict(False, sentence, ("accounts:staff", ()))
    return Verdict(True, _("The coordinators have shown their police certificates."))
