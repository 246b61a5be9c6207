"""A file that is not what it says is refused with a sentence, before it can do harm."""

import io
import struct
import zipfile

import pytest

from families.importing.workbook import NotReadable, read_workbook
from tests.families.workbooks import SAMPLE, workbook, zipped

SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def refused(content: bytes) -> str:
    with pytest.raises(NotReadable) as sentence:
        read_workbook(content)
    return str(sentence.value)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Familie;Mobil\nLind;40000051\n",
        b"PK\x03\x04 cut short",
        zipped({"word/document.xml": b"<w/>"}),
        zipped({"xl/workbook.xml": b"no xml"}),
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "Workbook".encode("utf-16-le"),
    ],
)
def test_not_a_workbook(content: bytes, settings: object) -> None:
    settings.LANGUAGE_CODE = "en"
    assert "xlsx" in refused(content)


def test_a_password() -> None:
    locked = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert refused(locked) != refused(b"nothing")
    flagged = bytearray(SAMPLE.read_bytes())
    flagged[flagged.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(flagged)) == refused(locked)


def test_more_than_60_megabytes_by_its_own_words() -> None:
    sentence = refused(zipped({"xl/workbook.xml": b" ", "xl/worksheets/sheet1.xml": b" " * (61 * 1024 * 1024)}))
    assert "60 MB" in sentence


def test_more_than_60_megabytes_whatever_it_says() -> None:
    """The declared size is a lie: what comes out when it is unpacked is what counts, or the lie itself is the end."""
    content = bytearray(zipped({"xl/workbook.xml": b" ", "xl/worksheets/sheet1.xml": b" " * (61 * 1024 * 1024)}))
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 10)
    assert refused(bytes(content))


def test_too_many_parts() -> None:
    assert "60 MB" in refused(zipped({f"part{n}": b"" for n in range(1_001)}))


def test_entities_are_not_unfolded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + SHEET + b"&b;</sheetData></worksheet>"
    with zipfile.ZipFile(io.BytesIO(workbook(Liste=[["Familie"]]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert refused(zipped(parts | {"xl/worksheets/sheet1.xml": bomb}))


def test_50_000_rows_and_one() -> None:
    most = [["Lind"]] * 50_000
    assert len(read_workbook(workbook(A=most))[0].rows) == 50_000
    assert "50" in refused(workbook(A=most, B=[["Lind"]]))
