from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsLogConfig(AppConfig):
    name = "sessions_log"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from groups.leaving import on_leaving
        from groups.queries import register_card
        from outbox.letters import register
        from planning.gates import register_gate, register_progress
        from planning.rules.gates import DomainRule
        from planning.rules.steps import Step
        from planning.stopping import on_stopping
        from sessions_log import gates
        from sessions_log.cards import group_card, welcome_card
        from sessions_log.greetings import GREETINGS
        from sessions_log.letters import LETTERS
        from sessions_log.merging import decide_relations
        from sessions_log.services.announcements import end_invitations
        from sessions_log.services.helpers import take_off
        from sessions_log.staff_letters import STAFF_LETTERS
        from web.menu import register as register_page

        for letter in [*LETTERS, *GREETINGS, *STAFF_LETTERS]:
            register(letter)
        register_progress(gates.progress)
        register_gate(Step.KICK_OFF, DomainRule.WHAT_WHEN_WHERE, gates.kick_offs)
        register_gate(Step.KICK_OFF, "interpreters", gates.interpreters)
        register_gate(Step.CLOSING, "summaries", gates.summaries)
        register_gate(Step.CLOSING, "closing_parties", gates.closing_parties)
        on_leaving(end_invitations)
        on_stopping(take_off)
        register_card(group_card)
        register_card(welcome_card)
        decide_relations()
        register_page(_("Gatherings"), "sessions_log:gatherings", "Calendar", Permission.GATHERING_VIEW, order=20)
