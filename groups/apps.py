from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from web.menu import register

        register(_("Groups"), "groups:groups", "Handshake", Permission.GROUP_VIEW, order=40)
