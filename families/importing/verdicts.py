"""Every row of every sheet gets a verdict; none is lost in silence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from families.importing.columns import Column, corrected, find_headings, heading_text
from families.importing.drafts import Draft, Question, Word
from families.importing.protection import is_strict
from families.importing.reading import read_family
from families.importing.sameness import Known, Match, Seen, key_of
from families.importing.texts import text_of
from families.importing.workbook import Sheet, Value

SUM = re.compile(
    r"^(sum|total(t|er|er:|s)?|i alt|til saman|til sammen|alt i alt|antall|subtotal|grand total|delsum)\b", re.I
)
# A phone or an e-mail address: somebody stands in the line.
REACHED = re.compile(
    r"[^\s@]@[^\s@]+\.|(?<!\d)(\+\d[\d ]{7,}|[2-9]\d{7}|[2-9]\d{2} ?\d{2} ?\d{3}|[2-9]\d( \d{2}){3})(?!\d)"
)
# What makes a line a family's: somebody, or a way to reach somebody.
TELLING = {"family", "adult", "adult_first", "adults", "phone", "email", "children", "child_year"}


class Verdict(StrEnum):
    NEW = "new"
    ADDED = "added"
    DUPLICATE = "duplicate"
    QUESTION = "question"
    UNREADABLE = "unreadable"
    IGNORED = "ignored"


@dataclass(frozen=True)
class Understood:
    """A sheet and how its columns were understood; no columns when it holds no list."""

    sheet: Sheet
    headings: int
    columns: list[Column]


@dataclass
class Row:
    """A row with its verdict. `chosen`: it is imported when somebody says go."""

    sheet: str
    number: int
    verdict: Verdict
    reason: str
    column: str = ""
    draft: Draft | None = None
    key: str = ""
    questions: tuple[Question, ...] = ()
    choices: tuple[str, ...] = ()
    decision: str = ""
    same_as: Match | None = None
    is_strict: bool = False  # kode 6

    @property
    def place(self) -> str:
        """How decisions name it."""
        return f"{self.sheet}!{self.number}"

    @property
    def field(self) -> str:
        """Its name in a form."""
        return f"row-{self.place}"

    @property
    def answer(self) -> str:
        """What a form shows as chosen: the decision, or import where nothing is asked."""
        return self.decision or ("" if self.questions or not self.choices else self.choices[0])

    @property
    def chosen(self) -> bool:
        return self.verdict is Verdict.NEW and self.draft is not None

    @property
    def added(self) -> bool:
        """What is new in it goes to a family that is registered, or to an earlier row's."""
        return self.verdict is Verdict.ADDED and self.draft is not None


class WrongDecision(Exception):
    """A decision names no row, or an answer that its row does not take; its text says which."""


def understand(sheets: Sequence[Sheet], meanings: Mapping[str, str] | None = None) -> list[Understood]:
    """Find the headings of each sheet; what somebody said of a column counts before what its heading says."""
    found = [(sheet, find_headings(sheet.rows)) for sheet in sheets]
    return [
        Understood(sheet, headings[0], corrected(sheet.title, headings[1], meanings or {}))
        if headings
        else Understood(sheet, 0, [])
        for sheet, headings in found
    ]


def read_rows(understood: Sequence[Understood], today: date) -> list[Row]:
    """Every row, each by itself: what it is, and the questions it raises."""
    return [row for each in understood for row in rows_of(each, today)]


def rows_of(understood: Understood, today: date) -> Iterator[Row]:
    sheet, columns = understood.sheet, understood.columns
    headings: list[str] = []
    for number, values in sheet.rows:
        if not columns and any(REACHED.search(text_of(value)) for value in values):
            yield Row(
                sheet.title,
                number,
                Verdict.UNREADABLE,
                _("A family may stand here, but the sheet has no headings that we know."),
            )
        elif says_strict(understood, number, values):  # first of all, so that nothing further of it is looked at
            yield Row(sheet.title, number, Verdict.IGNORED, why_strict(), is_strict=True)
        elif reason := why_ignored(understood, number, values, headings):
            yield Row(sheet.title, number, Verdict.IGNORED, reason)
        elif number == understood.headings:
            headings = [heading_text(value) for value in values]
            yield Row(sheet.title, number, Verdict.IGNORED, _("The headings."))
        else:
            yield family_row(sheet.title, number, read_family(columns, values, today))


def why_strict() -> str:
    return _(
        "A strictly confidential address (kode 6): not registered here, and nothing is stored. The project leader "
        "takes it further outside this system."
    )


def says_strict(understood: Understood, number: int, values: Sequence[Value]) -> bool:
    """Whether a line below the headings says kode 6."""
    if not values or not understood.columns or number <= understood.headings:
        return False
    return is_strict(understood.sheet.title, understood.columns, values)


def count_strict(understood: Sequence[Understood]) -> int:
    """How many lines are stopped because of kode 6."""
    return sum(says_strict(each, number, values) for each in understood for number, values in each.sheet.rows)


def why_ignored(understood: Understood, number: int, values: Sequence[Value], headings: list[str]) -> str:
    """Why a line is no family's that we register; "" when it is to be read, or is the headings."""
    columns = understood.columns
    if not values:
        return _("An empty line.")
    if not columns:
        return _("The sheet has no headings that we know.")
    if number == understood.headings:
        return ""
    if number < understood.headings:
        return _("Above the headings.")
    first = next((text for value in values if (text := text_of(value))), "")
    if first in headings and [heading_text(value) for value in values] == headings:
        return _("The headings once more.")
    told = [column for column in columns if column.field in TELLING and column.position < len(values)]
    is_sum = SUM.match(first)  # that word is no phone number, whatever column it stands in
    texts = ((column.field, text_of(values[column.position])) for column in told)
    filled = {name for name, text in texts if text and not (is_sum and text == first)}
    if is_sum and not filled & {"phone", "email"}:
        return _("A line of sums.")
    if not filled:
        return _("No family stands in this line.")
    return ""


def family_row(sheet: str, number: int, draft: Draft) -> Row:
    if not draft.name:
        return Row(sheet, number, Verdict.UNREADABLE, _("There is no name in the row."))
    return Row(sheet, number, Verdict.NEW, "", draft=draft, key=key_of(draft))


def judge(rows: Sequence[Row], known: Known, decisions: Mapping[str, str], *, strict: bool = True) -> None:
    """Compare the rows with each other and with what is known, and follow the decisions.

    Raises WrongDecision; unless `strict`, a decision that does not fit is as none at all.
    """
    if strict:
        check_places(rows, decisions)
    seen, settled, taken = Seen(), set[str](), set[str]()
    for row in rows:
        if row.draft is None:
            continue
        where = seen.keys.get(row.key, "")
        if row.key in known.keys:
            row.verdict, row.reason = Verdict.DUPLICATE, _("Imported before.")
        elif where in settled:
            row.verdict, row.reason = Verdict.DUPLICATE, _("The same family as in %(row)s.") % {"row": where}
        else:
            compare(row, seen, known, taken)
            ask(row, decisions.get(row.place, ""), strict=strict)
        if row.verdict in {Verdict.NEW, Verdict.ADDED, Verdict.DUPLICATE}:
            settled.add(row.place)
        if row.chosen or row.added:
            taken.add(row.place)
        seen.note(row.draft, row.key, row.place)


def compare(row: Row, seen: Seen, known: Known, taken: set[str]) -> None:
    """Ask whether it is the same family as another row's or a registered one.

    What is new may be added to a row that is imported too (`taken`), or to a family that she may see.
    """
    draft = row.draft
    assert draft is not None  # noqa: S101 - for the type checker
    match = seen.like(draft) or known.matches.get(row.place)
    if match is None:
        return
    if match.place:
        sentence = _("Perhaps the same family as in %(row)s.") % {"row": match.place}
    elif match.name:
        sentence = _("Perhaps the same family as %(name)s, who is registered.") % {"name": match.name}
    else:
        sentence = _("Perhaps a family that is registered already.")
    draft.may_be_added = match.place in taken if match.place else match.family is not None
    row.same_as = match
    draft.ask(Word.IMPORT, match.heading(draft), sentence)


def ask(row: Row, decision: str, *, strict: bool) -> None:
    """Verdict by questions and answer. Raises WrongDecision when `strict`."""
    assert row.draft is not None  # noqa: S101 - for the type checker
    row.questions, row.choices = tuple(row.draft.questions), row.draft.choices
    row.column = ", ".join(dict.fromkeys(each.column for each in row.questions if each.column))
    asked = " ".join(dict.fromkeys(each.sentence for each in row.questions))
    fits = decision in row.choices
    if decision and strict and not fits:
        raise WrongDecision(
            _("%(row)s does not take the answer «%(word)s». Choose among: %(choices)s.")
            % {"row": row.place, "word": decision[:60], "choices": ", ".join(row.choices)}
        )
    row.decision = decision if fits else ""
    if decision == Word.SKIP:
        row.verdict, row.reason = Verdict.IGNORED, _("Left out, as decided.")
    elif row.questions and not fits:
        row.verdict, row.reason = Verdict.QUESTION, asked
    elif Word.SAME in decision.split("+"):
        row.verdict, row.reason = Verdict.ADDED, f"{_('Decided:')} {asked}"
    else:
        row.verdict, row.reason = Verdict.NEW, f"{_('Decided:')} {asked}" if asked else _("A new family.")


def check_places(rows: Sequence[Row], decisions: Mapping[str, str]) -> None:
    unknown = sorted(set(decisions) - {row.place for row in rows})
    if unknown:
        raise WrongDecision(_("There is no row %(row)s in the workbook.") % {"row": unknown[0][:120]})
