"""The picture of a venue's door."""

from django.db import transaction

from accounts.models import User
from audit.services import record
from planning.models import Venue, VenueDoor
from planning.rules.pictures import Picture


@transaction.atomic
def set_door(*, venue: Venue, picture: Picture | None, alt: str, by: User) -> VenueDoor:
    """Keep the picture of the door with its description; without a new picture only the description changes.

    Raises VenueDoor.DoesNotExist when there is neither an old nor a new one.
    """
    if picture is None:
        door = VenueDoor.objects.get(venue=venue)
        door.alt, door.added_by = alt, by
        door.save(update_fields=["alt", "added_by", "added_at"])
    else:
        values = {"image": picture.content, "width": picture.width, "height": picture.height}
        door, _new = VenueDoor.objects.update_or_create(
            venue=venue,
            defaults={**values, "alt": alt, "added_by": by, "municipality_id": venue.municipality_id},
        )
    record("set_door", by=by, municipality=venue.municipality_id, venue=venue.pk)
    return door


@transaction.atomic
def remove_door(*, venue: Venue, by: User) -> None:
    """Forget the picture; nothing of it is kept."""
    VenueDoor.objects.filter(venue=venue).delete()
    record("remove_door", by=by, municipality=venue.municipality_id, venue=venue.pk)
