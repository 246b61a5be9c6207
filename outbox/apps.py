from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"

    def ready(self) -> None:
        from anymail.signals import tracking

        from outbox.tracking import note_tracking

        tracking.connect(note_tracking)
