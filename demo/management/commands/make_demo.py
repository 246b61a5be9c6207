from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.making import AlreadyThere, make_demo


class Command(BaseCommand):
    help = "Make the demo municipality with invented people, once. Only where DEBUG is on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo data is made only where DEBUG is on.")
        try:
            make_demo()
        except AlreadyThere:
            self.stdout.write("The demo municipality is there already.")
        else:
            self.stdout.write("Lillevik is made: two rounds, four groups, 32 families.")
