"""Workbooks made for a test."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from families.importing.sameness import Known
from families.importing.verdicts import Row, judge, read_rows, understand
from families.importing.workbook import read_workbook

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "familier.xlsx"
TODAY = date(2026, 9, 14)


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with these sheets of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def verdicts(content: bytes, decisions: dict[str, str] | None = None) -> list[Row]:
    """Every row, judged by itself and by the others: nothing is known before."""
    rows = read_rows(understand(read_workbook(content)), TODAY)
    judge(rows, Known(), decisions or {})
    return rows


def one(**cells: Any) -> Row:
    """The verdict of one row with these headings, «_» for a space; the rest of the family is plain."""
    plain = {
        "Familie": "Lind",
        "Foresatt": "Eva Lind",
        "Mobil": "400 00 051",
        "Sagt ja": "ja",
        "Dato henvist": date(2026, 8, 20),
    }
    row = plain | {heading.replace("_", " "): value for heading, value in cells.items()}
    return verdicts(workbook(Liste=[list(row), list(row.values())]))[-1]


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()
