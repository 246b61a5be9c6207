"""`manage.py import_families FILE.xlsx --round ID --by EMAIL`: a dry run; `--apply` writes."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from accounts.queries import act_in
from families.importing.verdicts import Row, Verdict, WrongDecision, understand
from families.importing.workbook import NotReadable, read_workbook
from families.services.importing import RoundIsClosed, import_list, read_list
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from planning.models import Round


class Command(BaseCommand):
    help = "Read a municipality's list of families: every row gets a verdict. Writes nothing without --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a workbook, .xlsx")
        parser.add_argument("--round", type=int, required=True, help="id of the round in which the families wait")
        parser.add_argument("--by", required=True, help="e-mail of the leader or coordinator who brings the list in")
        parser.add_argument("--apply", action="store_true", help="import what is new and what decisions say")
        parser.add_argument(
            "--decisions", type=Path, help='answers, a JSON object: {"Sheet!12": "without_remark", "Sheet!14": "skip"}'
        )
        parser.add_argument("--json", action="store_true", help="one JSON object a row")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as missing:
            raise CommandError(_("The file cannot be opened.")) from missing
        decisions = read_decisions(options["decisions"])
        where = municipality_of(options["round"])
        with municipality(where):
            by, in_round = person(options["by"], where), Round.objects.get(pk=options["round"])
            if not Round.objects.visible_to(by).filter(pk=in_round.pk).exists():
                raise CommandError(_("She does not see that round."))
            call = {
                "content": content,
                "in_round": in_round,
                "decisions": decisions,
                "today": timezone.localdate(),
                "by": by,
            }
            try:
                rows, count = import_list(**call) if options["apply"] else (read_list(**call), 0)
            except (NotReadable, WrongDecision, RoundIsClosed) as refused:
                raise CommandError(str(refused)) from refused
        if not options["json"]:
            for line in columns_of(content):
                self.stdout.write(line)
        for row in rows:
            self.stdout.write(as_json(row) if options["json"] else as_line(row))
        if not options["json"]:
            self.stdout.write(summary(rows, count, applied=options["apply"]))


def read_decisions(path: Path | None) -> dict[str, str]:
    """The answers of a file; none without one."""
    if path is None:
        return {}
    try:
        decisions = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as wrong:
        raise CommandError(_("The file of decisions cannot be read as JSON.")) from wrong
    if not isinstance(decisions, dict) or not all(isinstance(answer, str) for answer in decisions.values()):
        raise CommandError(_('Decisions are one object, like {"Sheet!12": "skip"}.'))
    return decisions


def municipality_of(round_id: int) -> Municipality:
    """Whose round it is: each municipality is asked, as no one sees across."""
    for each in Municipality.objects.all():
        with municipality(each):
            if Round.objects.filter(pk=round_id).exists():
                return each
    raise CommandError(_("There is no round with that id."))


def person(email: str, where: Municipality) -> User:
    """Who brings the list in, with what she may do there."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None or not act_in(user, where).may(Permission.FAMILY_IMPORT):
        raise CommandError(_("Nobody with that e-mail may import families in the round's municipality."))
    return user


def columns_of(content: bytes) -> list[str]:
    """How each column was understood."""
    return [
        f"{each.sheet.title}: {column.heading} → {column.meaning}"
        for each in understand(read_workbook(content))
        for column in each.columns
        if column.heading
    ]


def explained(row: Row) -> str:
    """The reason, and for a question the answers it takes."""
    return f"{row.reason} ({' | '.join(row.choices)})" if row.verdict is Verdict.QUESTION else row.reason


def as_json(row: Row) -> str:
    """One row for a program. One that is added to a family on somebody's word is a duplicate that brings something."""
    return json.dumps(
        {
            "sheet": row.sheet,
            "row": row.number,
            "column": row.column,
            "verdict": (Verdict.DUPLICATE if row.added else row.verdict).value,
            "reason": explained(row),
        },
        ensure_ascii=False,
    )


def as_line(row: Row) -> str:
    column = f" [{row.column}]" if row.column else ""
    return f"{row.place}: {row.verdict.value}{column}: {explained(row)}"


def summary(rows: list[Row], count: int, *, applied: bool) -> str:
    counted = ", ".join(
        f"{number} {verdict.value}" for verdict in Verdict if (number := sum(row.verdict is verdict for row in rows))
    )
    done = _("%(count)s families were imported.") % {"count": count} if applied else _("Nothing was written.")
    return f"{counted}. {done}"
