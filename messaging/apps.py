from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "messaging"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from messaging.letters import LETTERS
        from outbox.letters import register
        from web.menu import register as register_page

        for letter in LETTERS:
            register(letter)
        register_page(_("Messages"), "messaging:messages", "Chat", Permission.GATHERING_VIEW, order=45, place="user")
