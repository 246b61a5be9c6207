from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from planning.services.library import load_library


class Command(BaseCommand):
    help = "Bring the national library (activity ideas, SOS-barnebyer's material) up to date. As often as you like."

    def handle(self, *args: Any, **options: Any) -> None:
        if "owner" not in settings.DATABASES:
            raise CommandError("DATABASE_OWNER_URL is not set: only the owner of the database writes the library.")
        ideas, texts = load_library(using="owner", on=timezone.localdate())
        self.stdout.write(f"{ideas} ideas and {texts} texts.")
