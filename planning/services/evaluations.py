"""Writing the evaluation of a round together."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from audit.services import record
from planning.models import Evaluation, Round
from planning.rules.evaluation import FIELDS


class EvaluationIsClosed(Exception):
    """The round is closed: its evaluation stays as it is."""


class WrittenMeanwhile(Exception):
    """Somebody else has changed the same answers since she opened the page. `theirs`: their answers, by name."""

    def __init__(self, evaluation: Evaluation, theirs: dict[str, str]) -> None:
        super().__init__()
        self.evaluation, self.theirs = evaluation, theirs


@transaction.atomic
def write_evaluation(
    *, round: Round, answers: Mapping[str, str], began_with: Mapping[str, str], by: User, now: datetime
) -> Evaluation:
    """Save what she changed since `began_with`, and nothing else: two can write on different questions at one time.

    Raises EvaluationIsClosed, and WrittenMeanwhile where both changed one answer; nothing is saved then.
    """
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if locked.closed_at is not None:
        raise EvaluationIsClosed
    row = Evaluation.objects.filter(round=round).first() or Evaluation(
        municipality_id=round.municipality_id, round=round, version=0
    )
    hers = {name: answers[name] for name in FIELDS if answers[name] != began_with.get(name, "")}
    stored = {name: getattr(row, name) for name in hers}
    theirs = {
        name: stored[name] for name in hers if stored[name] != began_with.get(name, "") and stored[name] != hers[name]
    }
    if theirs:
        raise WrittenMeanwhile(row, theirs)
    if row.pk is not None and stored == hers:
        return row
    for name, answer in hers.items():
        setattr(row, name, answer)
    row.version, row.written_by, row.written_at = row.version + 1, by, now
    row.save()
    record("write_evaluation", by=by, municipality=round.municipality_id, round=round.pk)
    return row
