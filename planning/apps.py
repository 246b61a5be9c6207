from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"

    def ready(self) -> None:
        from planning.gates import register_gate
        from planning.queries.readiness import has_coordinator, has_kick_off_day
        from planning.rules.steps import Step

        register_gate(Step.RECRUITMENT, "coordinator", has_coordinator)
        register_gate(Step.RECRUITMENT, "kick_off_day", has_kick_off_day)
