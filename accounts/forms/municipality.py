"""The municipality's settings."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms.quiet_days import QuietDaysField
from accounts.models import User
from municipalities.models import Language, Municipality
from outbox.rules.quiet_hours import OSLO, Quiet
from web.forms import PageForm, described

RENEWALS = [
    ("", _("Never: it holds as long as the role lasts")),
    ("6", _("After 6 months")),
    ("12", _("After 1 year")),
    ("24", _("After 2 years")),
    ("36", _("After 3 years")),
]


class SettingsForm(PageForm):
    """What a municipality decides itself."""

    language = forms.ChoiceField(
        label=_("Written language"),
        help_text=_("Of letters to staff and to the police. Families get theirs, each person her own screens."),
        choices=Language.choices,
    )
    quiet_from = forms.TimeField(label=_("No messages after"), widget=forms.TimeInput)
    quiet_to = forms.TimeField(label=_("No messages before"), widget=forms.TimeInput)
    reminder_at = forms.TimeField(
        label=_("Reminder the day before at"), help_text=_("Not within the quiet hours."), widget=forms.TimeInput
    )
    sms_sender = forms.CharField(
        label=_("Sender of text messages"),
        help_text=_("3 to 11 letters a–z and digits. Families see it where the number else is."),
        max_length=11,
        validators=[
            RegexValidator(
                r"^(?=.*[A-Za-z])[A-Za-z0-9]{3,11}\Z",
                _("Use 3 to 11 letters a–z and digits, with at least one letter. No spaces, no æ, ø, å."),
            )
        ],
    )
    sms_price_ore = forms.IntegerField(
        label=_("Price of a text message, each part (øre)"),
        help_text=_("As your gateway bills it. You see what a message costs before you send it."),
        min_value=0,
        max_value=1000,
    )
    quiet_on_holidays = forms.BooleanField(
        label=described(
            _("No messages on public holidays"),
            _("They go on the next working day, and a reminder on the day before, if it would be late."),
        ),
        required=False,
    )
    quiet_days = QuietDaysField(
        label=_("Other days without messages"),
        help_text=_("One day a line, and what it is if you like. For example: 24.12.2026 Christmas Eve."),
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
        max_length=6000,
    )
    waiting_limit_days = forms.IntegerField(
        label=_("A family waits at most (days)"),
        help_text=_("After that the waiting list and the start page say so."),
        min_value=1,
        max_value=365,
    )
    public_form_open = forms.BooleanField(
        label=described(
            _("The public form is open"),
            _("Families and staff without an account can register a family on the municipality's own address."),
        ),
        required=False,
    )
    deputy = forms.ModelChoiceField(
        label=_("Deputy for police certificates"),
        help_text=_("One person besides the project leader who sees when certificates were shown, and notes it."),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody"),
    )
    certificate_own_ground = forms.CharField(
        label=_("Your own legal ground"),
        help_text=_("As the letter to the police should name it, when none of the others fits."),
        max_length=200,
        required=False,
    )
    certificate_renewal_months = forms.TypedChoiceField(
        label=_("New police certificate while the role lasts"),
        help_text=_(
            "Only where the legal ground allows it: § 34-1 (organisations) and your own ground. "
            "You are reminded on the page People; nobody is stopped."
        ),
        choices=RENEWALS,
        coerce=int,
        empty_value=None,
        required=False,
    )
    certificate_renewal_stops = forms.BooleanField(
        label=described(
            _("Stop new tasks until the new one is shown"),
            _("Without it she cannot be given a new group or gathering. What she has already stays hers."),
        ),
        required=False,
    )
    certificate_kept_days = forms.IntegerField(
        label=_("Delete certificates after the end of a role (days)"),
        help_text=_("30 days unless you choose otherwise, at most 90."),
        min_value=0,
        max_value=90,
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["deputy"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        here = User.objects.filter(is_active=True, role_assignments__municipality=municipality)
        field.queryset = (
            here.exclude(role_assignments__role="leader", role_assignments__municipality=municipality)
            .distinct()
            .order_by("name", "pk")
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        start, end, reminder = data.get("quiet_from"), data.get("quiet_to"), data.get("reminder_at")
        if start and end and start == end:
            self.add_error("quiet_to", _("Choose another time than the one above: families get no messages at night."))
        elif start and end and reminder:
            moment = datetime(2026, 1, 1, reminder.hour, reminder.minute, tzinfo=OSLO)
            if Quiet(start, end).covers(moment):
                self.add_error("reminder_at", _("This is within the quiet hours."))
        if data.get("certificate_renewal_stops") and not data.get("certificate_renewal_months"):
            self.add_error("certificate_renewal_months", _("Choose when a new one is needed, or untick the stop."))
        return data
