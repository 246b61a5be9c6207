"""The answers to OSSS-3, at one moment of a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from families.models import Moment, Participation, Person, SupportAnswer
from families.rules.consents import Matter, answers_for_herself
from families.services.consents import CannotAnswer


@dataclass(frozen=True)
class ToldSupport:
    """An adult's three OSSS-3 answers, each within its scale."""

    person: Person
    close: int
    concern: int
    help: int


@transaction.atomic
def keep_support(
    *, participation: Participation, support: Sequence[ToldSupport], moment: Moment, on: date, by: User
) -> None:
    """The answers of this moment; one that is taken back goes. Raises CannotAnswer for a child or somebody else's."""
    same_moment = participation.support_answers.filter(moment=moment)
    same_moment.exclude(person__in=[answer.person for answer in support]).delete()
    for answer in support:
        if (
            not answers_for_herself(answer.person.kind, answer.person.birth_year, on.year, Matter.SPECIAL)
            or answer.person.family_id != participation.family_id
        ):
            raise CannotAnswer
        SupportAnswer.objects.update_or_create(
            participation=participation,
            person=answer.person,
            moment=moment,
            defaults={
                "municipality_id": participation.municipality_id,
                "close": answer.close,
                "concern": answer.concern,
                "help": answer.help,
                "answered_on": on,
                "noted_by": by,
            },
        )
