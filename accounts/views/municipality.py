"""The municipality's settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.forms import SettingsForm
from accounts.models import RoleAssignment
from accounts.permissions import Permission
from accounts.requests import Request
from accounts.roles import CHECKER
from accounts.services.municipality import SETTINGS, change_settings
from municipalities.models import QuietDay


@requires(Permission.MUNICIPALITY_EDIT)
def settings(request: Request, number: str) -> HttpResponse:
    """Quiet hours, sender, waiting limit, public form, police certificates."""
    town = request.municipality
    initial = {name: getattr(town, name) for name in SETTINGS}
    deputy = RoleAssignment.objects.filter(municipality=town, role=CHECKER).first()
    initial |= {
        "deputy": deputy.user_id if deputy else None,
        "quiet_days": dict(QuietDay.objects.values_list("day", "name")),
    }
    form = SettingsForm(request.POST or None, municipality=town, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_settings(municipality=town, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:settings", number=number)
    return render(request, "accounts/settings.html", {"form": form})
