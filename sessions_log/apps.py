from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsLogConfig(AppConfig):
    name = "sessions_log"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from outbox.letters import register
        from sessions_log.letters import LETTERS
        from web.menu import register as register_page

        for letter in LETTERS:
            register(letter)
        register_page(_("Gatherings"), "sessions_log:gatherings", "Calendar", Permission.GATHERING_VIEW, order=20)
