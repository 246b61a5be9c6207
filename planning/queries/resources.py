"""How much of everything there is to work with."""

from datetime import date

from django.db.models import Count, Q

from accounts.models import User
from municipalities.models import SchoolHoliday
from planning.models import ActivityIdea, Arrangement, Material, MediaContact, Partner, Round, Venue, Volunteer


def counts(user: User, today: date) -> dict[str, int]:
    """How many are in use, by the name of their page. A query each."""
    kinds = {
        "partners": Partner,
        "venues": Venue,
        "volunteers": Volunteer,
        "ideas": ActivityIdea,
        "arrangements": Arrangement,
        "media_contacts": MediaContact,
        "materials": Material,
    }
    found = {name: kind._default_manager.visible_to(user).in_use().count() for name, kind in kinds.items()}  # type: ignore[attr-defined]
    return found | {"school_holidays": SchoolHoliday.objects.filter(ends_on__gte=today).count()}


def running_rounds(user: User) -> list[Round]:
    """Rounds that run, each with `.taking_part` and `.lines`: how many partners and budget lines it has. One query."""
    return list(
        Round.objects.visible_to(user)
        .running()
        .annotate(
            taking_part=Count("partners", filter=Q(partners__ended_on__isnull=True), distinct=True),
            lines=Count("budget_lines", distinct=True),
        )
    )
