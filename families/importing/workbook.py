"""Opens an uploaded workbook without letting it harm the server. Formulas are seen, never worked out."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

MOST_BYTES = 60 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 256
MOST_PARTS = 1_000
# The container of password-protected workbooks and of the old .xls alike.
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Formula:
    """A cell whose value a formula or an error stands for: what it means is not known to us."""


Value = str | int | float | bool | date | datetime | time | Formula | None


@dataclass(frozen=True)
class Sheet:
    """A sheet's rows with their numbers as the spreadsheet shows them, up to the last one with something in it."""

    title: str
    rows: list[tuple[int, tuple[Value, ...]]]


class NotReadable(Exception):
    """The file cannot be read; its text is a sentence for the person who chose it."""


def read_workbook(content: bytes) -> list[Sheet]:
    """Every sheet, hidden ones too. Raises NotReadable, before parsing where size is the matter."""
    check_container(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets: list[Sheet] = []
        left = MOST_ROWS
        for worksheet in book.worksheets:
            rows = list(filled(worksheet.iter_rows(max_col=MOST_COLUMNS), left))
            left -= len(rows)
            sheets.append(Sheet(worksheet.title, rows))
    except NotReadable:
        raise
    except Exception as broken:  # the parser raises a dozen kinds for a broken file, and all mean the same
        raise NotReadable(_("This is not a workbook that we can read. Save it as .xlsx and try again.")) from broken
    return sheets


def check_container(content: bytes) -> None:
    """Size and kind, without parsing. Raises NotReadable."""
    not_a_workbook = _("This is not a workbook that we can read. Save it as .xlsx and try again.")
    locked = _("The workbook has a password. Take the password away in the spreadsheet program, and try again.")
    if content.startswith(OLE):
        raise NotReadable(locked if ENCRYPTED in content else not_a_workbook)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise NotReadable(locked)
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
                raise NotReadable(too_large())
            if "xl/workbook.xml" not in archive.namelist():
                raise NotReadable(not_a_workbook)
            measure(archive, parts)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError) as broken:
        raise NotReadable(not_a_workbook) from broken


def measure(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Unpack everything once without keeping it: what a file says about its own size may be a lie."""
    unpacked = 0
    for part in parts:
        with archive.open(part) as stream:
            while piece := stream.read(1 << 20):
                unpacked += len(piece)
                if unpacked > MOST_BYTES:
                    raise NotReadable(too_large())


def too_large() -> str:
    return _("The workbook is too large: unpacked it may be 60 MB at most. Share it into several files.")


def filled(rows: Iterator[Any], left: int) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Rows with their numbers, empty ones between others too; empty ones at the end are nothing. Raises NotReadable."""
    empty = 0
    for number, row in enumerate(rows, start=1):
        values = tuple(value_of(cell) for cell in row)
        while values and values[-1] is None:
            values = values[:-1]
        if not values:
            empty += 1
            continue
        if number > left:
            raise NotReadable(_("The workbook has more than 50,000 rows. Share it into several files, and try again."))
        for blank in range(number - empty, number):
            yield blank, ()
        empty = 0
        yield number, values


def value_of(cell: Any) -> Value:
    """The cell's value; blank text is None."""
    if cell.data_type in {"f", "e"}:
        return Formula()
    value: Value = cell.value
    if isinstance(value, str) and not value.strip():
        return None
    return value
