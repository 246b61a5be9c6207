"""Opens an uploaded workbook without letting it harm the server. Formulas are seen, never worked out."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import openpyxl
from django.utils.translation import gettext

MOST_BYTES = 60 * 1024 * 1024
MOST_ROWS = 50_000
# Empty cells between others count too: one cell far to the right makes a row wide.
MOST_CELLS = 3_000_000
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


class TooManyRows(Exception):
    """More rows than are read."""


def read_workbook(content: bytes, most_rows: int = MOST_ROWS) -> list[Sheet]:
    """Every sheet, hidden ones too. Raises NotReadable, before parsing where size is the matter."""
    check_container(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets: list[Sheet] = []
        left, cells = most_rows, MOST_CELLS
        for worksheet in book.worksheets:
            worksheet.reset_dimensions()  # a sheet's own word for its size may be wrong
            rows = list(filled(worksheet.iter_rows(), left, cells))
            left -= len(rows)
            cells -= sum(len(values) for _, values in rows)
            sheets.append(Sheet(worksheet.title, rows))
    except TooManyRows:
        sentence = gettext("The workbook has more than %(most)s rows. Share it into several files, and try again.")
        raise NotReadable(sentence % {"most": f"{most_rows:,}".replace(",", "\u00a0")}) from None
    except NotReadable:
        raise
    except Exception as broken:  # the parser raises a dozen kinds for a broken file, and all mean the same
        raise NotReadable(
            gettext("This is not a workbook that we can read. Save it as .xlsx and try again.")
        ) from broken
    return sheets


def check_container(content: bytes) -> None:
    """Size and kind, without parsing. Raises NotReadable."""
    not_a_workbook = gettext("This is not a workbook that we can read. Save it as .xlsx and try again.")
    locked = gettext("The workbook has a password. Take the password away in the spreadsheet program, and try again.")
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
    return gettext("The workbook is too large: unpacked it may be 60 MB at most. Share it into several files.")


def filled(rows: Iterator[Any], left: int, cells: int) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Rows with their numbers, empty ones between others too; empty ones at the end are nothing.

    Raises TooManyRows and NotReadable.
    """
    empty = 0
    for number, row in enumerate(rows, start=1):
        cells -= len(row)
        if cells < 0:
            raise NotReadable(too_large())
        values = tuple(value_of(cell) for cell in row)
        width = next((place for place in range(len(values), 0, -1) if values[place - 1] is not None), 0)
        values = values[:width]
        if not values:
            empty += 1
            continue
        if number > left:
            raise TooManyRows
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
