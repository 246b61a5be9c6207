"""Our own texts, from source to `.mo`, without GNU gettext.

Source strings are English. `locale/<language>/LC_MESSAGES/<domain>.po` is committed; `.mo` is made at set-up.
"""

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

LANGUAGES = ("nb", "nn")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLURALS = "nplurals=2; plural=(n != 1);"
Key = tuple[str | None, str | tuple[str, ...]]


def sources(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Every committed file that speaks to people, as Python that Babel reads."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py", "templates/*.html"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    for name in sorted(set(listed)):
        path = root / name
        if path.exists() and not name.startswith(("tests/", "bench/")) and "/migrations/" not in name:
            text = path.read_text()
            yield path, (templatize(text, origin=name) if name.endswith(".html") else text).encode()


def strings(root: Path) -> set[Key]:
    """What is said: (context or None, text or (one, many))."""
    found: set[Key] = set()
    for _path, code in sources(root):
        for _line, text, _comments, context in extract("python", BytesIO(code), KEYWORDS):
            if text and text != "":
                found.add((context, tuple(text) if isinstance(text, tuple | list) else text))
    return found


def read(path: Path, locale: str) -> Catalog:
    """A catalogue, empty when the file is not there."""
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def write(path: Path, catalog: Catalog) -> None:
    """Write it sorted and without line numbers, so that two people's additions seldom meet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, sort_output=True, no_location=True, width=110, omit_header=False)


def po_file(root: Path, language: str, domain: str = "django") -> Path:
    return root / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def missing(root: Path, language: str) -> list[str]:
    """What is said but not translated, or marked as doubtful."""
    catalog = read(po_file(root, language), language)
    gaps = []
    for context, text in strings(root):
        known = catalog.get(text if isinstance(text, str) else text[0], context)
        told = known.string if known else ""
        complete = all(told) if isinstance(told, tuple | list) else bool(told)
        if known is None or known.fuzzy or not complete or (isinstance(text, tuple) and isinstance(told, str)):
            gaps.append(f"{context}: {text}" if context else str(text))
    return sorted(gaps)


def compile_all(root: Path) -> int:
    """Write each `.mo` that is older than its `.po`; returns how many."""
    made = 0
    for po in sorted((root / "locale").glob("**/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime > po.stat().st_mtime:
            continue
        catalog = read(po, po.parent.parent.name)
        with mo.open("wb") as file:
            write_mo(file, catalog)
        made += 1
    return made
