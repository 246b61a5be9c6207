"""The icons in use: names of @navikt/aksel-icons. A name that is not here cannot be drawn."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

NAMES = """
    ArrowDown ArrowLeft ArrowRight ArrowRightLeft ArrowUp ArrowsCirclepath
    BarChart Bell Bus Calendar Car CaretUpDown Chat Checkmark
    CheckmarkCircle ChevronDown ChevronLeft ChevronRight ChildEyes Clock Cloud CloudSlash Cog
    Download EnvelopeClosed ExclamationmarkTriangle ExternalLink Eye Files Handshake Heart Hourglass
    House InformationSquare KeyVertical Language Leave Link LocationPin MagnifyingGlass
    MenuHamburger Mobile NotePencil PadlockLocked Paperplane Pencil PencilWriting Person PersonGroup
    PersonPlus PersonSuit Phone Pin Plus PrinterSmall ShieldCheckmark ShoppingBasket SortDown SortUp
    Table Tasklist ThumbUp Trash TrayFood Upload Wallet XMark XMarkOctagon
"""
ICONS = frozenset(NAMES.split())


class UnknownIcon(LookupError):
    """An icon was asked for that is not in ICONS."""


@lru_cache
def drawing(name: str) -> SafeString:
    """The icon as inline SVG, hidden from screen readers: words stand beside it. Raises UnknownIcon."""
    if name not in ICONS:
        raise UnknownIcon(f"{name!r} is not among web.icons.ICONS: add it there and run build_assets")
    text = (Path(settings.BASE_DIR) / "static" / "build" / "icons" / f"{name}.svg").read_text()
    inside = text[text.index(">") + 1 : text.rindex("</svg>")].strip()
    # The files are those of the installed package, chosen by name from the list above.
    return mark_safe(  # noqa: S308
        f'<svg class="ds-icon" viewBox="0 0 24 24" fill="none" aria-hidden="true">{inside}</svg>'
    )
