import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.roles import ROLES
from demo.cast import PASSWORD, STAFF


class Command(BaseCommand):
    help = "Tell the demo log-ins: e-mail, password, roles. Only where DEBUG is on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one list of objects: email, password, roles")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo log-ins exist only where DEBUG is on.")
        people = [{"email": email, "password": PASSWORD, "roles": roles} for _name, email, roles in STAFF]
        if options["json"]:
            self.stdout.write(json.dumps(people, ensure_ascii=False))
            return
        self.stdout.write(f"Log in with the password «{PASSWORD}» as")
        for name, email, roles in STAFF:
            titles = ", ".join(str(ROLES[role].title) for role in roles)
            self.stdout.write(f"  {email:<32}{name}, {titles}")
