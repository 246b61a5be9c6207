from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsLogConfig(AppConfig):
    name = "sessions_log"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from groups.leaving import on_leaving
        from groups.queries import register_card
        from outbox.letters import register
        from sessions_log.cards import group_card
        from sessions_log.letters import LETTERS
        from sessions_log.merging import decide_relations
        from sessions_log.services.announcements import end_invitations
        from sessions_log.staff_letters import STAFF_LETTERS
        from web.menu import register as register_page

        for letter in [*LETTERS, *STAFF_LETTERS]:
            register(letter)
        on_leaving(end_invitations)
        register_card(group_card)
        decide_relations()
        register_page(_("Gatherings"), "sessions_log:gatherings", "Calendar", Permission.GATHERING_VIEW, order=20)
