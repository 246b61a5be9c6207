"""Error pages: ours, in words, and without the database when that is what failed."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string

TEMPLATES = Path(settings.BASE_DIR) / "templates"

pytestmark = pytest.mark.urls("tests.web.urls")


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_an_error_page_needs_no_request_and_no_database(name: str) -> None:
    html = render_to_string(f"{name}.html")
    assert html.count("<h1") == 1
    assert '<html lang="nb" dir="ltr"' in html
    assert "<form" not in html


def test_every_template_can_be_read() -> None:
    names = [str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")]
    assert [name for name in names if not get_template(name)] == []
