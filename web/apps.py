"""How pages are made: the room that knows nothing of the domain."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "web"
