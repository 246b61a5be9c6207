"""A draft of a log that was on its way when the log was saved."""

from accounts.models import User
from audit.models import Event
from sessions_log.models import Gathering


def came_too_late(gathering: Gathering, version: str, user: User) -> bool:
    """Whether what was typed is older than the log she herself has saved since: it was on its way when she saved."""
    if not version.isdecimal() or int(version[:9]) >= gathering.log_version:
        return False
    latest = Event.objects.filter(verb="log_gathering", ids__gathering=gathering.pk).order_by("-pk").first()
    return latest is not None and latest.user_id == user.pk
