from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts.letters import LETTERS
        from accounts.permissions import Permission
        from outbox.letters import register as register_letter
        from web.menu import register

        for kind in LETTERS:
            register_letter(kind)

        register(_("People"), "accounts:staff", "PersonSuit", Permission.STAFF_VIEW, order=70, place="user")
        register(_("Settings"), "accounts:settings", "Cog", Permission.MUNICIPALITY_EDIT, order=71, place="user")
