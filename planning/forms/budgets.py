"""Lines of the budget, and expenses."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from planning.forms.resources import TakingOutForm
from planning.models import BudgetLine, Expense

MOST = 100_000_000


class KronerField(forms.IntegerField):
    """Whole kroner, as people write them: «12 500»."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write whole kroner, for example 2500.")}

    def clean(self, value: Any) -> Any:
        return super().clean("".join(str(value or "").replace("kr", "").split()))


class LineForm(TakingOutForm):
    """What money is set aside for, and how much."""

    amount = KronerField(label=_("Kroner"), min_value=0, max_value=MOST)

    class Meta:
        model = BudgetLine
        fields = ["name", "amount"]
        labels = {"name": _("What for")}
        help_texts = {"name": _("For example: food, transport, activities, interpreter.")}

    def clean_taken_out(self) -> bool:
        out: bool = self.cleaned_data["taken_out"]
        if out and self.instance.expenses.exists():
            raise ValidationError(_("There are expenses on this line. Take those out first."))
        return out


class ExpenseForm(TakingOutForm):
    """Money spent: when, how much, what for. No name of a family."""

    amount = KronerField(
        label=_("Kroner"), min_value=1, max_value=MOST, error_messages={"min_value": _("Write at least 1 krone.")}
    )
    on = forms.DateField(label=_("Date"), widget=forms.DateInput)

    class Meta:
        model = Expense
        fields = ["on", "amount", "what"]
        help_texts = {"what": _("For example: food for the kick-off. Never a family's name.")}
