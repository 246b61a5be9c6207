from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightConfig(AppConfig):
    name = "insight"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from web.menu import register

        register(_("Today"), "insight:today", "House", Permission.START_VIEW, order=10)
        register(_("Rounds"), "insight:rounds", "Table", Permission.ROUND_VIEW, order=25)
