"""What set-up builds in static/build/ from the installed packages: a stylesheet, two fonts, the icons in use."""

import re
import shutil
from pathlib import Path

from web.icons import ICONS
from web.stylesheets import trim

DESIGN = Path("@digdir/designsystemet-css/dist")
FONTS = Path("@fontsource-variable/inter/files")
SVG = Path("@navikt/aksel-icons/dist/svg")

# The layer each part stands in, and the order, are those of the package's own index.css.
BASE = ["base", "heading", "label", "paragraph", "validation-message"]
COMPONENTS = [
    "link",
    "data-size-workaround",
    "button",
    "input",
    "field",
    "fieldset",
    "alert",
    "skip-link",
    "details",
    "list",
    "card",
    "divider",
    "tag",
    "error-summary",
    "toggle-group",
    "table",
]
OURS = ["ground", "page", "table", "lists", "forms", "people", "families"]
# On lists alone: every other page is that much lighter.
OF_LISTS = ["pagination"]
FONT_FILES = ["inter-latin-wght-normal.woff2", "inter-latin-ext-wght-normal.woff2"]

# Parts of those files that no page of ours uses. Each is looked for in every selector and property name.
UNUSED = (
    "role=switch",
    "ds-validation-message[data-color=",
    "data-color-scheme=dark]",  # the scheme is always the reader's own: auto
    "ds-field-affix",
    "data-field=counter",
    "clickdelegatefor",
    "click-delegate",
    ".ds-field[data-variant=outline]",
    "data-position=end",
    "ds-readonly-icon",
    "--ds-readonly-icon",
    "ds-focus-",
    ".ds-focus",
    "ds-checkbox--checked",
    "ds-list--unstyled",
    "ds-floating",
    "data-floating",
    "tfoot:first",
    "tfoot>",
    "data-zebra",
    "data-sticky-header",
    "data-border",
    ":is(.ds-table>caption)",
    "aria-sort]",
    "[aria-sort=",
    "ds-card__block",
    ".ds-card:where(a,button",
    ".ds-card>.ds-details",
    "data-typography=secondary",
    "color-accent-",
    "--ds-body-long-",
    "--ds-color-success-base",
    "--ds-color-info-base",
    "-moz-",
    "skiplink",
    "data-variant=secondary]:is(.ds-togglegroup",
    "ds-paragraph[data-variant",
    "data-size=lg]:is(.ds-table",
)


class MissingPackages(Exception):
    """The front-end packages are not installed: `npm ci` comes first."""


def unused(name: str) -> bool:
    """True for a selector or property that no page of ours uses."""
    return any(part in name for part in UNUSED)


def layer(root: Path, name: str, parts: list[str]) -> str:
    """These parts of Designsystemet, in the layer where its own index.css puts them."""
    source = root / "node_modules" / DESIGN / "src"
    return f"@layer {name}{{{''.join((source / f'{part}.css').read_text() for part in parts)}}}"


def stylesheet(root: Path) -> str:
    """Designsystemet's theme and the components in use, then our own layout, as one file."""
    design = root / "node_modules" / DESIGN
    theirs = "@layer ds.theme,ds.base,ds.components;" + (design / "theme" / "designsystemet.css").read_text()
    theirs += layer(root, "ds.base", BASE) + layer(root, "ds.components", COMPONENTS)
    ours = "".join((root / "static" / "css" / f"{name}.css").read_text() for name in OURS)
    return trim(theirs, unused) + "\n" + trim(ours, lambda _name: False)


def rounded(drawing: str) -> str:
    """The drawing with two decimals: on a grid of 24 nobody sees more, and every page carries several."""
    return re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), drawing)


def build(root: Path) -> list[Path]:
    """Write static/build/ anew and return its files. Raises MissingPackages."""
    packages, target = root / "node_modules", root / "static" / "build"
    if not (packages / DESIGN).is_dir():
        raise MissingPackages("node_modules is not there: run `npm ci` first")
    shutil.rmtree(target, ignore_errors=True)
    (target / "icons").mkdir(parents=True)
    (target / "sammen.css").write_text(stylesheet(root), encoding="utf-8")
    (target / "lists.css").write_text(trim(layer(root, "ds.components", OF_LISTS), unused), encoding="utf-8")
    for name in FONT_FILES:
        shutil.copyfile(packages / FONTS / name, target / name)
    for name in sorted(ICONS):
        drawing = (packages / SVG / f"{name}.svg").read_text(encoding="utf-8")
        (target / "icons" / f"{name}.svg").write_text(rounded(drawing), encoding="utf-8")
    return sorted(path for path in target.rglob("*") if path.is_file())
