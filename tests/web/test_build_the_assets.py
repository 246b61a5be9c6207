"""static/build/: small, complete, and of our own making where it says so."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from web.assets import MissingPackages, build, stylesheet, unused
from web.icons import ICONS
from web.stylesheets import trim

ROOT = Path(settings.BASE_DIR)


def test_a_stylesheet_loses_what_is_unused_and_nothing_else() -> None:
    css = """/* note */ @layer a, b; .x, .gone:is(.y, .z) { color : red; --gone: 1 }
    .gone { top: 0 } @media (x) { .gone { top: 0 } } a::after { content: "};/*" }"""
    assert trim(css, lambda name: "gone" in name) == '@layer a, b;.x{color:red}a::after{content:"};/*"}'


def test_the_stylesheet_keeps_the_layers_and_stays_small() -> None:
    css = stylesheet(ROOT)
    assert css.startswith("@layer ds.theme,ds.base,ds.components;")
    assert len(gzip.compress(css.encode(), 9)) < 16_000
    assert "/*" not in re.sub(r'"[^"]*"', "", css)


def test_braces_of_the_stylesheet_match() -> None:
    css = re.sub(r'"[^"]*"', "", stylesheet(ROOT))
    assert css.count("{") == css.count("}")


def test_our_own_css_uses_logical_properties_only() -> None:
    physical = re.compile(
        r"[{;\s](?:margin|padding|border)-(?:left|right|top|bottom)|[{;\s](?:left|right|top|bottom|width|height)\s*:"
    )
    found = {path.name: physical.findall(path.read_text()) for path in (ROOT / "static" / "css").glob("*.css")}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_templates_ask_only_for_icons_that_are_there() -> None:
    asked = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "(\w+)" %}|[ ]icon="(\w+)"', path.read_text())
        for name in name
        if name
    }
    assert asked - ICONS == set()


def test_no_template_carries_inline_style_or_script() -> None:
    inline = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=|hx-on|javascript:")
    pages = [path for path in (ROOT / "templates").rglob("*.html") if inline.search(path.read_text())]
    assert pages == [ROOT / "templates/outbox/letter.html"]  # a mail, which no policy holds for


def test_without_packages_the_build_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingPackages, match="npm ci"):
        build(tmp_path)


def test_what_is_left_out_is_really_gone() -> None:
    assert [name for name in re.findall(r"[.\w-]*ds-field-affix[\w-]*", stylesheet(ROOT)) if unused(name)] == []
