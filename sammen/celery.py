"""The worker and the clock: `celery -A sammen worker` and `celery -A sammen beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sammen.settings")
app = Celery("sammen")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Truth lies in the database: two clocks by mistake only look twice, they never send twice.
app.conf.beat_schedule = {
    "sweep the outbox": {"task": "outbox.sweep", "schedule": 10.0},
    "close calls that are over": {"task": "outbox.close_calls", "schedule": 300.0},
    "ask for missing summaries": {"task": "sessions_log.ask_for_summaries", "schedule": 600.0},
    "forget certificates": {"task": "accounts.forget_certificates", "schedule": 86_400.0},
    "forget drafts": {"task": "accounts.forget_drafts", "schedule": 86_400.0},
    "tidy the public forms": {"task": "families.tidy_joining", "schedule": 900.0},
    "forget merges": {"task": "families.forget_merges", "schedule": 86_400.0},
    "forget uploads": {"task": "families.forget_uploads", "schedule": 3600.0},
}
