"""Words of the national library in the reader's written language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language


def in_language(row: Any, names: tuple[str, ...]) -> dict[str, str]:
    """These texts of a row in the active language; bokmål, the row's own words, where there are no others."""
    in_other: Mapping[str, Mapping[str, str]] = row.in_other
    other = in_other.get(get_language() or "", {})
    return {name: other.get(name) or getattr(row, name) for name in names}
