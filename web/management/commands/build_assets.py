"""`manage.py build_assets`: static/build/ from the installed front-end packages. Needs no database."""

import gzip
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from web.assets import MissingPackages, build


class Command(BaseCommand):
    help = "Build static/build/ (one stylesheet, fonts, icons) from node_modules."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = build(Path(settings.BASE_DIR))
        except MissingPackages as error:
            raise CommandError(str(error)) from error
        for path in files:
            if path.suffix == ".css":
                size = len(gzip.compress(path.read_bytes(), 9))
                self.stdout.write(f"{path.name}: {size / 1000:.1f} kB gzipped")
        self.stdout.write(f"{len(files)} files in static/build/")
