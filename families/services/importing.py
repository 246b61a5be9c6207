"""Bringing in a municipality's own list: what it knows already, and all that is chosen or nothing."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from families.duplicates.registered import registered_like
from families.importing.sameness import Known, household_of_draft
from families.importing.verdicts import Row, count_strict, judge, read_rows, understand
from families.importing.workbook import read_workbook
from families.languages import LETTER_LANGUAGES
from families.letters import promise_strictly_protected_list_letter
from families.models import Family, ImportedRow, Upload
from families.services.additions import add_to_family
from families.services.referrals import refer_family
from planning.models import Round

# The first half of the lock's name; the second is the municipality.
LOCK = 7_041


class RoundIsClosed(Exception):
    """Families are not brought into a round that is over."""


def read_list(
    *,
    content: bytes,
    in_round: Round,
    decisions: Mapping[str, str],
    today: date,
    by: User,
    strict: bool = True,
    meanings: Mapping[str, str] | None = None,
) -> list[Row]:
    """Every row of a workbook with its verdict, after the decisions. Writes nothing.

    Raises NotReadable and, when `strict`, WrongDecision; both with a sentence for people.
    """
    rows = read_rows(understand(read_workbook(content), meanings), today)
    judge(rows, known_of(rows, in_round.municipality_id, by), decisions, strict=strict)
    return rows


def known_of(rows: Sequence[Row], municipality_id: int, by: User) -> Known:
    """What of these rows the municipality has: six queries. Names only of families that she may see."""
    drafts = {row.place: household_of_draft(row.draft) for row in rows if row.draft is not None}
    keys = ImportedRow.objects.filter(municipality=municipality_id, key__in={row.key for row in rows if row.key})
    return Known(
        frozenset(keys.values_list("key", flat=True)), registered_like(drafts, municipality_id, by) if drafts else {}
    )


@transaction.atomic
def import_list(
    *,
    content: bytes,
    in_round: Round,
    decisions: Mapping[str, str],
    today: date,
    by: User,
    strict: bool = True,
    meanings: Mapping[str, str] | None = None,
) -> tuple[list[Row], int]:
    """Register the chosen rows as families waiting, all or none; the rows' verdicts and how many were registered.

    What is new in a row that is said to be a registered family, or an earlier row's, is added to that family.

    The rows are read again under a lock, so that two imports at once bring nobody in twice. Raises RoundIsClosed,
    NotReadable and WrongDecision.
    """
    if in_round.closed_at is not None:
        raise RoundIsClosed(_("The round is closed. Choose one that is running."))
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, in_round.municipality_id])
    rows = read_list(
        content=content,
        in_round=in_round,
        decisions=decisions,
        today=today,
        by=by,
        strict=strict,
        meanings=meanings,
    )
    tell_of_strict(content=content, count=sum(row.is_strict for row in rows), in_round=in_round, by=by)
    chosen = [row for row in rows if row.chosen or row.added]
    registered: dict[str, Family] = {}
    for row in chosen:
        same = row.same_as if row.added else None
        family = None
        if same is not None:
            family = registered.get(same.place) or Family.objects.visible_to(by).get(pk=same.family or 0)
        registered[row.place] = bring_in(row, in_round, today, by, family)
    ImportedRow.objects.bulk_create(
        ImportedRow(municipality_id=in_round.municipality_id, key=row.key) for row in chosen
    )
    count = sum(row.chosen for row in chosen)
    record("import_families", by=by, municipality=in_round.municipality_id, round=in_round.pk, families=count)
    return rows, count


def tell_of_strict(*, content: bytes, count: int, in_round: Round, by: User) -> None:
    """Kode 6 is stopped and not stored; the project leader takes it further outside the system, and is told so once a
    workbook (model)."""
    if count:
        promise_strictly_protected_list_letter(
            town=in_round.municipality, to=in_round.project_leader, content=content, count=count, now=timezone.now()
        )
        record("stop_strictly_protected", by=by, municipality=in_round.municipality_id)


def bring_in(row: Row, in_round: Round, today: date, by: User, family: Family | None = None) -> Family:
    """Register one family, or add what is new to `family`. Somebody else referred it: who brings the list in is not
    the referrer."""
    draft = row.draft
    assert draft is not None  # noqa: S101 - for the type checker
    told = draft.new_family(tuple(LETTER_LANGUAGES))
    agreed_on = draft.agreed_on or today
    if family is not None:
        add_to_family(
            family=family,
            told=told,
            in_round=in_round,
            referred_on=draft.referred_on,
            agreed_on=agreed_on,
            reason=draft.reason,
            source=draft.source,
            by=by,
        )
        return family
    return refer_family(
        family=told,
        in_round=in_round,
        referred_on=draft.referred_on,
        agreed_to_contact=True,  # a row without it is a question, and answered «they have said yes since»
        agreed_on=agreed_on,
        reason=draft.reason,
        source=draft.source,
        by=by,
        is_own=False,
    )


@transaction.atomic
def keep_upload(*, name: str, content: bytes, in_round: Round, by: User) -> Upload:
    """Keep a workbook until it is imported, for 24 hours at most. One at a time: the one before goes.

    Of families with kode 6 the project leader is told at once: it may never be imported. Raises NotReadable.
    """
    tell_of_strict(content=content, count=count_strict(understand(read_workbook(content))), in_round=in_round, by=by)
    Upload.objects.filter(municipality=in_round.municipality_id, uploaded_by=by).delete()
    upload = Upload.objects.create(
        municipality_id=in_round.municipality_id, round=in_round, uploaded_by=by, name=name[-120:], content=content
    )
    record("upload_list", by=by, municipality=in_round.municipality_id, upload=upload.pk)
    return upload


@transaction.atomic
def import_upload(*, upload: Upload, today: date, by: User) -> tuple[int, int]:
    """Import what is chosen of an uploaded workbook, and forget the workbook; how many families are new, and how many
    rows were added to one.

    An answer that no longer fits its row leaves it out. Raises RoundIsClosed and NotReadable.
    """
    rows, count = import_list(
        content=bytes(upload.content),
        in_round=upload.round,
        decisions=upload.decisions,
        today=today,
        by=by,
        strict=False,
        meanings=upload.meanings,
    )
    upload.delete()
    return count, sum(row.added for row in rows)


def decide(*, upload: Upload, decisions: Mapping[str, str]) -> None:
    """Keep answers with the workbook; an empty one takes back what was answered."""
    kept = {**upload.decisions, **decisions}
    upload.decisions = {place: answer for place, answer in kept.items() if answer}
    upload.save(update_fields=["decisions"])


def correct_columns(*, upload: Upload, meanings: Mapping[str, str]) -> None:
    """Keep what somebody said the columns hold; the rows are read anew by it. Answers that no longer fit fall away."""
    upload.meanings = dict(meanings)
    upload.save(update_fields=["meanings"])


@transaction.atomic
def forget_upload(*, upload: Upload, by: User) -> None:
    """Delete a workbook that is not to be imported."""
    record("forget_upload", by=by, municipality=upload.municipality_id, upload=upload.pk)
    upload.delete()
