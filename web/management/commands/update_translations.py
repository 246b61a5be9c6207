from typing import Any

from babel.messages import Catalog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from web.translations import LANGUAGES, missing, po_file, read, strings, write


class Command(BaseCommand):
    help = "Bring the catalogues of the screens up to date; with --check only say what is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when a text is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        root = settings.BASE_DIR
        if not options["check"]:
            for language in LANGUAGES:
                self.update(language)
        gaps = {language: missing(root, language) for language in LANGUAGES}
        for language, texts in gaps.items():
            for text in texts:
                self.stderr.write(f"{language}: {text!r}")
        if any(gaps.values()):
            raise CommandError("Some texts are not translated.")

    def update(self, language: str) -> None:
        """Keep what is said now with its translation; drop what nobody says any more."""
        root = settings.BASE_DIR
        path = po_file(root, language)
        before, after = read(path, language), Catalog(locale=language, charset="utf-8", fuzzy=False)
        after.header_comment = "# Texts of the screens. Source strings are English."
        for context, text in strings(root):
            known = before.get(text if isinstance(text, str) else text[0], context)
            told = known.string if known and known.string else None
            after.add(text, tuple(told) if isinstance(told, list) else told or "", context=context)
        write(path, after)
