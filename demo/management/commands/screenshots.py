import os
import sys
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from playwright.sync_api import Browser, StorageState, ViewportSize, sync_playwright

from demo.cast import PASSWORD
from groups.models import Group
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from planning.models import Round
from sammen.local.browser import find
from sammen.local.website import website
from sessions_log.models import Gathering

ROOT = Path(settings.BASE_DIR)
PHONE: ViewportSize = {"width": 360, "height": 760}
DESK: ViewportSize = {"width": 1280, "height": 900}
Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Shot:
    """One picture: a page as somebody sees it. `whole`: all of it, else the first screen."""

    name: str
    who: str
    path: str
    whole: bool = True


def shots(everything: bool) -> list[Shot]:
    """Which pages. Addresses come from the demo data."""

    with municipality(Municipality.objects.get(number="9901")):
        group = Group.objects.get(name="Bjørka")
        rows = {row.activity: row.pk for row in Gathering.objects.filter(groups=group)}
        family = group.memberships.get(family__name="Haddad").family_id
        running = Round.objects.get(groups=group).pk
        coming = Round.objects.running().exclude(pk=running).get().pk
        finished = Round.objects.get(closed_at__isnull=False).pk
        task = Round.objects.get(pk=running).tasks.open().first()
        assert task is not None  # noqa: S101 - for the type checker
    home = "/k/9901/"
    bread, craft = rows["Vi baker brød fra seks kjøkken"], rows["Juleverksted"]
    fire = rows["Bålkveld ved Svartdalstjernet"]
    found = [
        Shot("today", "ingrid.solheim@example.org", home),
        Shot("plan", "ingrid.solheim@example.org", f"{home}samlinger/{craft}/plan/"),
        Shot("preview", "ingrid.solheim@example.org", f"{home}samlinger/{craft}/inviter/"),
        Shot("log", "ingrid.solheim@example.org", f"{home}samlinger/{fire}/logg/", whole=False),
        Shot("group", "ingrid.solheim@example.org", f"{home}grupper/{group.pk}/"),
        Shot("round", "kari.myhre@example.org", f"{home}runder/{running}/"),
    ]
    if everything:
        found += [
            Shot("log-whole", "ingrid.solheim@example.org", f"{home}samlinger/{fire}/logg/"),
            Shot("gathering", "ingrid.solheim@example.org", f"{home}samlinger/{bread}/"),
            Shot("reply", "ingrid.solheim@example.org", f"{home}samlinger/{bread}/svar/{family}/"),
            Shot("cancel", "ingrid.solheim@example.org", f"{home}samlinger/{bread}/avlys/"),
            Shot("gatherings", "ingrid.solheim@example.org", f"{home}samlinger/"),
            Shot("new", "ingrid.solheim@example.org", f"{home}samlinger/ny/"),
            Shot("waiting", "ingrid.solheim@example.org", f"{home}familier/"),
            Shot("board", "ingrid.solheim@example.org", f"{home}familier/tavle/"),
            Shot("conversation", "ingrid.solheim@example.org", f"{home}familier/{family}/samtale/"),
            Shot("consents", "ingrid.solheim@example.org", f"{home}familier/{family}/samtykker/"),
            Shot("end", "ingrid.solheim@example.org", f"{home}familier/{family}/avslutt/"),
            Shot("family", "ingrid.solheim@example.org", f"{home}familier/{family}/"),
            Shot("groups", "ingrid.solheim@example.org", f"{home}grupper/"),
            Shot("import", "ingrid.solheim@example.org", f"{home}familier/hent/"),
            Shot("plan-of-round", "kari.myhre@example.org", f"{home}runder/{running}/plan/"),
            Shot("plan-of-new-round", "ingrid.solheim@example.org", f"{home}runder/{coming}/plan/"),
            Shot("plan-task", "kari.myhre@example.org", f"{home}runder/{running}/plan/{task.pk}/"),
            Shot("plan-order", "kari.myhre@example.org", f"{home}runder/{coming}/plan/steg/1/rekkefolge/"),
            Shot("plan-pass", "kari.myhre@example.org", f"{home}runder/{coming}/plan/krav/group_sizes/"),
            Shot("round-new", "kari.myhre@example.org", f"{home}runder/ny/"),
            Shot("round-from", "kari.myhre@example.org", f"{home}runder/{finished}/ny/"),
            Shot("round-edit", "kari.myhre@example.org", f"{home}runder/{finished}/endre/"),
            Shot("round-coming", "kari.myhre@example.org", f"{home}runder/{coming}/"),
            Shot("deputy", "ingrid.solheim@example.org", f"{home}grupper/{group.pk}/vikar/"),
            Shot("today-leader", "kari.myhre@example.org", home),
            Shot("rounds", "kari.myhre@example.org", f"{home}runder/"),
            Shot("staff", "kari.myhre@example.org", f"{home}folk/"),
            Shot("refer", "tor.aasen@example.org", f"{home}henvis/"),
            Shot("referrals", "tor.aasen@example.org", f"{home}mine-henvisninger/"),
            Shot("today-volunteer", "bjorn.dahl@example.org", home),
            Shot("inbox", "ada.nygard@example.org", "/demo/innboks/"),
        ]
    return found


def signed_in(browser: Browser, site: str, people: set[str]) -> dict[str, StorageState]:
    """Each person's cookies after logging in at the real page, once."""
    states = {}
    for email in sorted(people):
        context = browser.new_context(locale="nb-NO")
        page = context.new_page()
        page.goto(f"{site}/konto/login/")
        page.fill("input[name=login]", email)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{site}/k/**")
        states[email] = context.storage_state()
        context.close()
    return states


def photograph(browser: Browser, site: str, folder: Path, found: list[Shot], schemes: list[Scheme]) -> None:
    states = signed_in(browser, site, {shot.who for shot in found})
    for scheme, (size, words) in product(schemes, ((PHONE, "phone"), (DESK, "desk"))):
        for shot in found:
            context = browser.new_context(
                viewport=size,
                locale="nb-NO",
                timezone_id="Europe/Oslo",
                color_scheme=scheme,
                storage_state=states[shot.who],
            )
            page = context.new_page()
            page.goto(site + shot.path)
            name = f"{shot.name}-{words}{'' if scheme == 'light' else '-dark'}.png"
            page.screenshot(path=folder / name, full_page=shot.whole)
            context.close()
            sys.stdout.write(f"  {name}\n")


class Command(BaseCommand):
    help = "Make pictures of the main pages from the demo data, on a phone and on a desk."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", help="another folder: then also in the dark, and of further pages")
        parser.add_argument("--only", help="the names of some of them, with commas between")

    def handle(self, *args: Any, **options: Any) -> None:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        call_command("make_demo")
        everything = options["folder"] is not None
        folder = Path(options["folder"] or ROOT / "docs" / "screens")
        folder.mkdir(parents=True, exist_ok=True)
        only = set((options["only"] or "").split(",")) - {""}
        found = [shot for shot in shots(everything) if not only or shot.name in only]
        chromium = find()
        with website(os.environ) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium)
            photograph(browser, site, folder, found, ["light", "dark"] if everything else ["light"])
            browser.close()
