"""What a coordinator does at the end of a round: for the start page."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from insight.queries.today import Todo
from sessions_log.queries.interviews import interviews_to_hold, next_steps_of
from web.dates import near_day


def interviews_of(user: User, now: datetime) -> list[Todo]:
    """Exit interviews that wait, and what she has promised a family after the end. Two queries."""
    today = timezone.localdate(now)
    found = []
    for pk, name, count in interviews_to_hold(user, now, today):
        words = ngettext("%(n)s exit interview waits", "%(n)s exit interviews wait", count) % {"n": count}
        found.append(Todo("Chat", words, name, ("sessions_log:interviews", [pk])))
    for row in next_steps_of(user):
        found.append(
            Todo(
                "Handshake",
                row.next_step,
                row.participation.family.name,
                ("sessions_log:interview", [row.participation_id]),
                _("by %(day)s") % {"day": near_day(row.due_on)} if row.due_on else "",
                now=bool(row.due_on and row.due_on <= today),
            )
        )
    return found
