"""Messages to families, by who may see them."""

from collections.abc import Iterable

from django.db.models import BigIntegerField, Case, Q, QuerySet, When
from django.db.models.functions import Cast, Substr

from accounts.models import User
from accounts.permissions import Permission
from families.models import Family, Person
from outbox.models import Message

# Whether she may know of a message to the family `f`: a leader of all but the protected, everybody of those she
# follows. `sees_all`, `groups`, `user`: as `reader` gives them.
FOLLOWS = """(
    exists (select from groups_membership fm where fm.family_id = f.id and fm."to" is null
        and fm.group_id = any(%(groups)s))
    or exists (select from families_participation fp join planning_roundcoordinator fc on fc.round_id = fp.round_id
        where fp.family_id = f.id and fc.user_id = %(user)s
        and not exists (select from groups_membership fg where fg.participation_id = fp.id))
)"""
MAY_KNOW = f"(f.merged_into_id is null and ((%(sees_all)s and f.protection = 'none') or {FOLLOWS}))"
# The person that a message names.
PERSON_OF = "p.id = case when m.recipient ~ '^person:[0-9]{{1,18}}$' then substr(m.recipient, 8)::bigint end"


def reader(user: User) -> dict[str, object]:
    """What MAY_KNOW asks about her."""
    return {"sees_all": user.may(Permission.FAMILY_VIEW_ALL), "groups": user.followed_groups, "user": user.pk}


def families_written_to(user: User) -> QuerySet[Family]:
    """Families of whose messages she may know. That a protected one is to be called is for those who follow it."""
    return Family.objects.filter(
        Q(pk__in=Family.objects.followed_by(user)) | Q(pk__in=Family.objects.visible_to(user), protection="none")
    )


def seen_by(user: User) -> QuerySet[Message]:
    """Messages to people of families she may see, with `.person_id`."""
    people = Person.objects.filter(family__in=families_written_to(user))
    number = Cast(Substr("recipient", 8), BigIntegerField())
    return Message.objects.annotate(
        person_id=Case(When(recipient__regex=r"^person:[0-9]{1,18}$", then=number), output_field=BigIntegerField())
    ).filter(person_id__in=people.values("pk"))


def person_of(message: Message) -> Person:
    """Whom a message from `seen_by` goes to."""
    return Person.objects.select_related("family").get(pk=message.recipient.removeprefix("person:"))


def people_of(messages: Iterable[Message]) -> dict[str, Person]:
    """Whom several messages go to, by recipient. One query."""
    named = [message.recipient.removeprefix("person:") for message in messages]
    return {f"person:{person.pk}": person for person in Person.objects.filter(pk__in=named).select_related("family")}
