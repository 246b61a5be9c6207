from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "planning"

    def ready(self) -> None:
        from accounts.holders import register as register_holders
        from accounts.permissions import Permission
        from planning.gates import register_gate
        from planning.queries.readiness import has_coordinator, has_kick_off_day
        from planning.rules.steps import Step
        from planning.services.volunteer_certificates import KIND, SOURCE
        from web.menu import register

        register(_("Resources"), "planning:resources", "Handshake", Permission.PLANNING_VIEW, order=50, place="user")
        register_holders(KIND, SOURCE)
        register_gate(Step.RECRUITMENT, "coordinator", has_coordinator)
        register_gate(Step.RECRUITMENT, "kick_off_day", has_kick_off_day)
