"""How many questions a page asks the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import Browser

BESIDE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "select (select nullif(current_setting")


def asked(browser: Browser, path: str) -> int:
    """Queries of a page; what only opens and closes its transaction and its municipality is left out."""
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return sum(not query["sql"].startswith(BESIDE) and "set_config" not in query["sql"] for query in captured)
