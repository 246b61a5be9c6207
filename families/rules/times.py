"""When a family can meet: a day of the week and a half of the day."""

from itertools import product

from django.utils.dates import WEEKDAYS
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HALVES = {"day": _("daytime"), "eve": _("evening")}
# «tue-eve» → «tirsdag, kveld»
TIMES = {
    f"{day}-{half}": format_lazy("{} {}", WEEKDAYS[DAYS.index(day)], HALVES[half])
    for day, half in product(DAYS, HALVES)
}
