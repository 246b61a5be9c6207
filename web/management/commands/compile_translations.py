from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from web.translations import compile_all


class Command(BaseCommand):
    help = "Compile the translations. Needs neither a database nor GNU gettext."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{compile_all(settings.BASE_DIR)} translations compiled.")
