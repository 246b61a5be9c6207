"""The composition: settings, addresses, the worker."""

from sammen.celery import app as celery_app

__all__ = ["celery_app"]
