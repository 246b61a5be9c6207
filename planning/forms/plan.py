"""Forms of the plan: a task, and why a gate is passed."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from planning.models import PlanTask, Round
from planning.rules.steps import Step
from web.fields import GuardedField
from web.forms import PageForm

DAYS_IN = {"days": 1, "weeks": 7}
LONGEST = 730


def people_of(round: Round) -> Any:
    """Those who may own a task: the leader, the coordinators, and whoever owns one already."""
    return User.objects.filter(
        Q(pk=round.project_leader_id)
        | Q(pk__in=round.coordinators.values("user"))
        | Q(pk__in=round.tasks.exclude(owner=None).values("owner"))
    ).order_by("name", "pk")


class TaskForm(PageForm):
    """What, by whom, when. Only the first is needed."""

    title = GuardedField(label=_("What is to be done?"), max_length=150)
    step = forms.TypedChoiceField(label=_("Step"), choices=Step.choices, coerce=int)
    notes = GuardedField(
        label=_("Notes"),
        help_text=_("No names of families: everybody who works with the round reads this."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )
    owner = forms.ModelChoiceField(
        label=_("Who does it?"), queryset=User.objects.none(), required=False, empty_label=_("nobody yet")
    )
    due_on = forms.DateField(label=_("By which day"), required=False, widget=forms.DateInput)
    amount = forms.IntegerField(label=_("Or, from the kick-off"), required=False, min_value=0, max_value=LONGEST)
    unit = forms.ChoiceField(
        label=_("Before or after"),
        choices=[
            ("weeks-before", _("weeks before")),
            ("days-before", _("days before")),
            ("weeks-after", _("weeks after")),
            ("days-after", _("days after")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, round: Round, task: PlanTask | None = None, **kwargs: Any) -> None:
        if task is not None:
            kwargs["initial"] = values_of(task)
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        owner.queryset = people_of(round)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        amount, unit = data.pop("amount", None), data.pop("unit", "") or "weeks-before"
        data["due_days"] = None
        if amount is not None:
            length, side = unit.split("-")
            days = amount * DAYS_IN[length]
            if days > LONGEST:
                self.add_error("amount", _("That is more than two years."))
            elif data.get("due_on"):
                self.add_error("amount", _("Choose a day, or a time before or after the kick-off: not both."))
            data["due_days"] = -days if side == "before" else days
        return data


def values_of(task: PlanTask) -> dict[str, Any]:
    """The form of a task as it is; days that make whole weeks are shown as weeks."""
    values: dict[str, Any] = {
        "title": task.title,
        "step": task.step,
        "notes": task.notes,
        "owner": task.owner_id,
        "due_on": task.due_on,
    }
    if task.due_days is not None:
        far = abs(task.due_days)
        length = "weeks" if far % 7 == 0 else "days"
        side = "before" if task.due_days <= 0 else "after"
        values |= {"amount": far // DAYS_IN[length], "unit": f"{length}-{side}"}
    return values


class PassForm(PageForm):
    """Why the round goes on although a gate is not met."""

    reason = GuardedField(
        label=_("Why do you go on anyway?"),
        help_text=_("It is kept with your name and the day. No names of families."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": _("Write why: somebody will read it later.")},
    )
