"""Police certificates: how old one may be, how long it holds, when a new one is asked for, and how long we keep it."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

MONTHS = 3

# Grounds that allow a municipality to ask for a new one while the role lasts. The other two let it be asked for when
# somebody begins. To be confirmed by the municipality's own lawyer, as the grounds themselves.
RENEWABLE = frozenset({"organisation", "other"})


def is_fresh(*, issued_on: date, shown_on: date) -> bool:
    """At most three calendar months old on the day it is shown, both days counted the way the law counts months.

    Source: politiregisterloven § 36. A certificate issued 30 November may be shown until 28 (29) February.
    """
    return issued_on <= shown_on <= issued_on + relativedelta(months=MONTHS)


def is_short_break(*, ended_on: date, back_on: date) -> bool:
    """Whether somebody is back before three calendar months have passed: then the certificate shown holds again."""
    return ended_on <= back_on < ended_on + relativedelta(months=MONTHS)


def renew_on(*, shown_on: date, ground: str, months: int | None) -> date | None:
    """The day from which a new one is asked for; None when the municipality asks for none, or the ground forbids it."""
    if months is None or ground not in RENEWABLE:
        return None
    return shown_on + relativedelta(months=months)


def is_kept(*, ended_on: date, kept_days: int, today: date) -> bool:
    """Whether the row of a role that has ended is still kept."""
    return today < ended_on + timedelta(days=kept_days)
