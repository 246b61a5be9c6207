from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "messaging"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from web.menu import register as register_page

        register_page(
            _("Words of letters"), "messaging:wordings", "Language", Permission.WORDING_EDIT, 46, place="user"
        )
