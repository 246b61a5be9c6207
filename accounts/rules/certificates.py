"""How old a police certificate may be when it is shown."""

from datetime import date

from dateutil.relativedelta import relativedelta

MONTHS = 3


def is_fresh(*, issued_on: date, shown_on: date) -> bool:
    """At most three calendar months old on the day it is shown, both days counted the way the law counts months.

    Source: politiregisterloven § 36. A certificate issued 30 November may be shown until 28 (29) February.
    """
    return issued_on <= shown_on <= issued_on + relativedelta(months=MONTHS)
