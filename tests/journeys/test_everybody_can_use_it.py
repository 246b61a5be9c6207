"""Every page under axe (WCAG 2.2 AA and best practice), in light and dark, at 360 px without sideways scroll.

`make a11y` looks further: on a desk, and in nynorsk and English too.
"""

import os
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import BrowserContext, Page

from accounts.models import CertificateRequest, User
from demo.making import make_demo
from families.models import Family
from families.services.importing import keep_upload
from groups.models import Group
from municipalities.models import Municipality
from planning.models import ActivityIdea, Round, Venue
from sessions_log.models import Gathering

pytestmark = pytest.mark.a11y
COLOURS = ["color-contrast", "link-in-text-block"]
# In the page, so that only what is wrong travels: axe tells of all that is right, too.
FAULTS = """async only => (await axe.run(document, {runOnly: only, resultTypes: ["violations"]}))
    .violations.map(each => `${each.id}: ${each.nodes[0].html.slice(0, 120)}`)"""
AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = os.environ.get("A11Y") == "all"
PHONE, DESK = {"width": 360, "height": 760}, {"width": 1280, "height": 900}


@pytest.fixture
def demo(transactional_db: None) -> dict[str, list[str]]:
    """The demo municipality, and what each person of it may look at."""
    make_demo()
    town = Municipality.objects.get(number="9901")
    with connections["default"].cursor() as cursor:
        cursor.execute("select set_config('app.municipality_id', %s, false)", [str(town.pk)])
    group = Group.objects.get(name="Bjørka")
    rows = {row.activity: row.pk for row in Gathering.objects.filter(groups=group)}
    family = group.memberships.get(family__name="Haddad").family_id
    way = group.memberships.get(family=family).participation_id
    bread, craft, fire = (
        rows[name] for name in ("Vi baker brød fra seks kjøkken", "Juleverksted", "Bålkveld ved Svartdalstjernet")
    )
    house, skating = Venue.objects.get(name="Bjørkehuset").pk, ActivityIdea.objects.get(title="Skøyter på torget").pk
    asked = CertificateRequest.objects.get().pk
    running = Round.objects.get(groups=group).pk
    coming = Round.objects.running().exclude(pk=running).get().pk
    finished = Round.objects.get(closed_at__isnull=False).pk
    task = Round.objects.get(pk=coming).tasks.open().first().pk
    again, once = Family.objects.get(name="Almasri"), Family.objects.get(name="Al-Masri")
    upload = keep_upload(
        name="familier.xlsx",
        content=(Path(settings.BASE_DIR) / "tests" / "data" / "familier.xlsx").read_bytes(),
        in_round=Round.objects.get(pk=running),
        by=User.objects.get(email="ingrid.solheim@example.org"),
    )
    with connections["default"].cursor() as cursor:
        cursor.execute("reset app.municipality_id")
    return {
        "ingrid.solheim@example.org": [
            "",
            "samlinger/",
            "samlinger/ny/",
            f"samlinger/{bread}/",
            f"samlinger/{bread}/svar/{family}/",
            f"samlinger/{bread}/avlys/",
            f"samlinger/{craft}/plan/",
            f"samlinger/{craft}/inviter/",
            f"samlinger/{fire}/logg/",
            f"samlinger/{fire}/takk/",
            "familier/",
            "familier/hent/",
            f"familier/hent/{upload.pk}/kolonner/",
            f"familier/hent/{upload.pk}/rader/",
            "familier/like/",
            f"familier/{once.pk}/like/{again.pk}/",
            f"familier/{again.pk}/",
            f"familier/{family}/",
            f"familier/{family}/endre/",
            f"familier/{family}/samtale/",
            f"familier/{family}/samtykker/",
            f"familier/{family}/avslutt/",
            "familier/tavle/",
            "grupper/",
            "grupper/ny/",
            f"grupper/{group.pk}/",
            f"grupper/{group.pk}/legg-til/",
            f"grupper/{group.pk}/vikar/",
            f"grupper/{group.pk}/mal/",
            f"runder/{running}/sluttsamtaler/",
            f"sluttsamtaler/{way}/",
            f"sluttsamtaler/{way}/uteble/",
            f"runder/{running}/evaluering/",
            f"runder/{running}/sett-sammen/",
            f"runder/{running}/sett-sammen/hver-for-seg/",
            f"runder/{running}/sett-sammen/bestem/",
            f"runder/{running}/plan/",
            f"runder/{coming}/plan/",
            f"runder/{coming}/plan/{task}/",
            f"runder/{coming}/plan/foran/",
            f"runder/{coming}/plan/ny/",
            f"runder/{coming}/plan/steg/1/rekkefolge/",
            f"runder/{coming}/plan/krav/group_sizes/",
        ],
        "kari.myhre@example.org": [
            "",
            "runder/",
            f"runder/{running}/",
            "runder/ny/",
            f"runder/{finished}/ny/",
            f"runder/{finished}/avslutning/",
            f"runder/{finished}/avslutning/apne/",
            f"runder/{finished}/evaluering/",
            f"runder/{finished}/sluttsamtaler/",
            f"runder/{running}/avslutning/",
            f"runder/{coming}/",
            f"runder/{coming}/plan/",
            f"runder/{coming}/endre/",
            f"runder/{coming}/referansegruppe/ny/",
            "folk/",
            "folk/inviter/",
            "ressurser/",
            "partnere/",
            "partnere/ny/",
            f"runder/{running}/deltar/",
            "lokaler/",
            f"lokaler/{house}/",
            f"lokaler/{house}/dor/endre/",
            "frivillige/",
            "ideer/",
            f"ideer/{skating}/",
            "ideer/ny/",
            "skyss-og-tolk/",
            f"runder/{running}/budsjett/",
            "media/",
            "media/rad/",
            "skoleferie/",
            f"grupper/{group.pk}/frivillig/",
            f"folk/brev/{asked}/",
            "innstillinger/",
            "meldinger/tekster/?sprak=ar",
            "meldinger/tekster/invitation/fa_AF/",
            "meldinger/tekster/change/nb/",
        ],
        "tor.aasen@example.org": ["henvis/", "mine-henvisninger/"],
        "bjorn.dahl@example.org": [""],
    }


def faults(page: Page, scheme: str = "light") -> list[str]:
    """What axe finds, each with where. Colours are all that differs in the dark; `make a11y` asks for all of it."""
    page.evaluate(AXE.read_text())
    only = (
        {"type": "rule", "values": COLOURS} if scheme == "dark" and not EVERYTHING else {"type": "tag", "values": RULES}
    )
    found: list[str] = page.evaluate(FAULTS, only)
    return found


def test_no_page_shuts_anybody_out(
    demo: dict[str, list[str]],
    phone: Page,
    context: BrowserContext,
    live_server: Any,
    sign_in: Callable[[User], None],
) -> None:
    wrong: list[str] = []
    languages = ["nb", "nn", "en"] if EVERYTHING else ["nb"]
    sizes = [PHONE, DESK] if EVERYTHING else [PHONE]
    for (email, paths), language, size in product(demo.items(), languages, sizes):
        person = User.objects.get(email=email)
        User.objects.filter(pk=person.pk).update(language=language)
        context.clear_cookies()
        sign_in(person)
        phone.set_viewport_size(size)
        for path in paths:
            phone.goto(f"{live_server.url}/k/9901/{path}")
            for scheme in ("light", "dark"):
                phone.emulate_media(color_scheme=scheme)
                where = f"{email} /{path} {language} {size['width']} {scheme}"
                wrong += [f"{where}: {fault}" for fault in faults(phone, scheme)]
                width = phone.evaluate("document.documentElement.scrollWidth")
                if width > size["width"]:
                    wrong.append(f"{where}: {width} px wide")
    assert wrong == []


def test_the_pages_before_logging_in(
    demo: dict[str, list[str]], phone: Page, live_server: Any, complaints: list[str]
) -> None:
    wrong = []
    join = "/k/9901/bli-med/"
    pages = [f"{join}?sprak={code}" for code in ("nb", "ar", "ti")]
    pages += [f"{join}?sprak=nn&andre=1", f"{join}takk/?sprak=uk"]
    for path in ("/konto/login/", "/konto/password/reset/", "/k/9901/finnes-ikke/", *pages):
        phone.goto(f"{live_server.url}{path}")
        for scheme in ("light", "dark"):
            phone.emulate_media(color_scheme=scheme)
            wrong += [f"{path} {scheme}: {fault}" for fault in faults(phone, scheme)]
    assert wrong == []
    assert ["404" in each for each in complaints] == [True]  # the page that is not there
    complaints.clear()
