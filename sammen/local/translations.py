"""The step Translations: the compiled catalogues, when a source of them has changed."""

import sys
from pathlib import Path

from sammen.local.environment import fingerprint, quietly, step


def prepare(root: Path) -> None:
    sources = [*(root / "locale").rglob("*.po"), *(root / "locale").rglob("*.json")]
    stamp = root / ".local" / "stamps" / "translations"
    if not any((root / "locale").rglob("*.mo")):
        stamp.unlink(missing_ok=True)
    step(
        "Translations",
        stamp,
        fingerprint(sources),
        lambda: quietly(
            [sys.executable, "manage.py", "compile_translations"],
            root / ".local" / "log" / "translations.log",
            "The translations could not be compiled.",
        ),
    )
