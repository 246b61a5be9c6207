"""A first view weighs at most 40 kB gzipped (HTML, style sheets and scripts; fonts aside), with six families."""

import gzip
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from accounts.models import User
from groups.models import Group
from tests.conftest import Browser
from tests.factories import gathering_of, invited

MOST = 40_000


@pytest.mark.parametrize("view", ["start", "group", "log", "round", "gathering", "preview"])
def test_a_first_view_is_light(
    view: str, birch: Group, coordinator: User, leader: User, browse: Callable[[User | None], Browser]
) -> None:
    ahead = gathering_of(birch)
    held = gathering_of(birch, timezone.now() - timedelta(days=2))
    for membership in birch.memberships.all():
        if view != "preview":
            invited(ahead, membership.family)
    path, person = {
        "start": ("", coordinator),
        "group": (f"grupper/{birch.pk}/", coordinator),
        "log": (f"samlinger/{held.pk}/logg/", coordinator),
        "round": (f"runder/{birch.round_id}/", leader),
        "gathering": (f"samlinger/{ahead.pk}/", coordinator),
        "preview": (f"samlinger/{ahead.pk}/inviter/", coordinator),
    }[view]
    html = browse(person).get(f"/k/9901/{path}").content
    parts = re.findall(rb'<link rel="stylesheet" href="/static/([^"]+)"|<script src="/static/([^"]+)"', html)
    assert len(parts) == 2
    files = [finders.find((css or script).decode()) for css, script in parts]
    weight = len(gzip.compress(html)) + sum(len(gzip.compress(Path(name).read_bytes())) for name in files if name)
    assert weight <= MOST
