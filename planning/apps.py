from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"

    def ready(self) -> None:
        from accounts.holders import register
        from planning.services.volunteer_certificates import KIND, SOURCE

        register(KIND, SOURCE)
