"""Days without messages, as people write them: one a line."""

import time
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from web.fields import GuardedField

MOST = 100
LONGEST_NAME = 80


def read_day(text: str) -> date | None:
    """«24.12.2026» or 2026-12-24; None when it is no day."""
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return date(*time.strptime(text, form)[:3])
        except ValueError:
            continue
    return None


class QuietDaysField(GuardedField):
    """Cleaned to each day with its name ("" when none stands after it). The same day twice is once, as written last."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return "\n".join(f"{day.day}.{day.month}.{day.year} {name}".strip() for day, name in sorted(value.items()))

    def clean(self, value: Any) -> dict[date, str]:
        found: dict[date, str] = {}
        for line in str(super().clean(value) or "").splitlines():
            written, _space, name = line.strip().partition(" ")
            if not written:
                continue
            day = read_day(written)
            if day is None:
                raise ValidationError(
                    _("«%(line)s» does not begin with a day. Write it like 24.12.2026.") % {"line": line.strip()[:40]}
                )
            name = name.strip()
            if len(name) > LONGEST_NAME:
                raise ValidationError(_("The name of %(day)s is too long.") % {"day": written})
            found[day] = name
        if len(found) > MOST:
            raise ValidationError(_("Write at most %(n)s days; those that are over can go.") % {"n": MOST})
        return found
