"""Writing a message: who and what, then exactly what each one gets, then it is sent. And the list of those sent."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.models import Draft
from accounts.permissions import Permission
from accounts.requests import Request
from accounts.services.drafts import discard_draft, load_draft, save_draft, typed
from audit.services import note_read
from messaging.forms import OwnMessageForm
from messaging.models import OwnMessage
from messaging.previews import preview_of
from messaging.queries import ALL_KINDS, own_messages, rows_of
from messaging.services.own_messages import AudienceChanged, NobodyToReach, send_own_message
from sessions_log.sent import told
from web.dates import clock
from web.forms import add_errors
from web.partials import render

DRAFT = "message:new"
SHOWN = 60


@requires(Permission.GATHERING_VIEW)
def own_messages_list(request: Request, number: str) -> HttpResponse:
    """What staff wrote, latest first, and where it stands."""
    context = {
        "told": own_messages(request.user, limit=SHOWN),
        "may_word": request.user.may(Permission.WORDING_EDIT),
    }
    return render(request, "messaging/messages.html", context)


@requires(Permission.GATHERING_VIEW)
def own_message(request: Request, number: str, pk: int) -> HttpResponse:
    """One message, and what became of it for each recipient."""
    own = get_object_or_404(OwnMessage.objects.visible_to(request.user).select_related("group", "sent_by"), pk=pk)
    found = rows_of(own, request.user)
    note_read(request, "family", [person.family_id for _message, person in found])
    sent = told([row for row, _p in found], [person for _m, person in found], timezone.now(), ALL_KINDS)
    return render(request, "messaging/message.html", {"own": own, "sent": sent}, partial="sent")


@requires(Permission.INVITATION_SEND)
def write(request: Request, number: str) -> HttpResponse:
    """The form; `?group=` ticks a group. `look`: see what each one gets. `send`: send that."""
    user, town = request.user, request.municipality
    if "discard" in request.POST:
        discard_draft(form=DRAFT, user=user, municipality=town)
        return redirect("messaging:write", number=number)
    draft = None if request.method == "POST" else load_draft(form=DRAFT, user=user, municipality=town)
    first: dict[str, Any] = values_of(draft) if draft else {"to": f"group-{request.GET.get('group', '')}"}
    form = OwnMessageForm(request.POST or None, user=user, initial=first)
    if request.method == "POST":
        save_draft(form=DRAFT, fields=typed(request.POST), user=user, municipality=town)
        if form.is_valid():
            if "send" in request.POST and (answer := send(request, form, number)):
                return answer
            if form.is_valid():
                return show(request, form)
    note_read(request, "family", [family.pk for family in form.mine])
    return render(request, "messaging/write.html", {"form": form, "draft": draft})


def values_of(draft: Draft) -> dict[str, Any]:
    """First values from what was typed before."""
    fields = draft.fields
    return {
        "to": (fields.get("to") or [""])[0],
        "families": [pk for pk in fields.get("families", []) if pk.isdecimal()],
        "words": (fields.get("words") or [""])[0],
    }


def show(request: Request, form: OwnMessageForm) -> HttpResponse:
    """Exactly what each one gets, what it costs, and one button."""
    families = form.chosen()
    preview = preview_of(form.cleaned_data["words"], families, request.user, request.municipality)
    note_read(request, "family", [family.pk for family in families])
    if not preview.audience.addressees:
        form.add_error(None, _("Nobody of these families can be reached. Note a phone number or an e-mail address."))
        return render(request, "messaging/write.html", {"form": form, "draft": None})
    context = {"form": form, "preview": preview, "key": uuid4()}
    return render(request, "messaging/preview.html", context)


def send(request: Request, form: OwnMessageForm, number: str) -> HttpResponse | None:
    """Send what she looked at; None when she has to look once more."""
    try:
        own = send_own_message(
            words=form.cleaned_data["words"],
            families=form.chosen(),
            group=form.group,
            seen=request.POST.get("seen", ""),
            form=UUID(request.POST.get("key", "")),
            municipality=request.municipality,
            by=request.user,
            now=timezone.now(),
        )
    except (AudienceChanged, ValueError):
        messages.warning(request, _("Somebody joined, left or is reached in another way now. Look once more."))
        return None
    except NobodyToReach:
        add_errors(form, {"": _("Nobody of these families can be reached.")})
        return None
    discard_draft(form=DRAFT, user=request.user, municipality=request.municipality)
    messages.success(request, _("Your message is on its way."))
    return redirect("messaging:message", number=number, pk=own.pk)


@requires(Permission.INVITATION_SEND)
@require_POST
def draft(request: Request, number: str) -> HttpResponse:
    """Keep what is being typed."""
    saved_at = save_draft(form=DRAFT, fields=typed(request.POST), user=request.user, municipality=request.municipality)
    context = {"words": _("Draft kept %(time)s") % {"time": clock(saved_at)}}
    return render(request, "sessions_log/draft_state.html", context)
