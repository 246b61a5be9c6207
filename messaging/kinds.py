"""The kinds of letters to families, as staff call them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TITLES: dict[str, Promise] = {
    "invitation": _("Invitation"),
    "change": _("New time or place"),
    "cancellation": _("Cancellation"),
    "reminder": _("Reminder"),
    "welcome": _("Welcome"),
    "thanks": _("Thank-you with the next date"),
    "vote": _("Vote on activities"),
    "code": _("One-time code"),
    "check_in": _("How are you getting on"),
    "message": _("The frame round your own message"),
    "stopped": _("After STOP: we call"),
    "stopped_mail": _("After STOP: we write e-mail"),
}
