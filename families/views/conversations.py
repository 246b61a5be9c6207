"""The conversation with a family, for those who follow it."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from audit.services import note_read
from families.forms.conversations import ConversationForm, first_values
from families.models import Family, Participation
from families.queries import standing_wish
from families.services.conversations import hold_conversation
from web.partials import render


@requires(Permission.CONVERSATION_NOTE)
def conversation(request: Request, number: str, pk: int) -> HttpResponse:
    """A guide on one page. A leader who does not follow the family does not read the notes."""
    participation: Any = get_object_or_404(
        Participation.objects.open()
        .filter(family__in=Family.objects.followed_by(request.user))
        .select_related("family__background", "conversation")
        .annotate(has_wish=Exists(standing_wish())),
        family=pk,
    )
    family, held = participation.family, getattr(participation, "conversation", None)
    note_read(request, "conversation", [family.pk])
    people = list(family.people.filter(left_on__isnull=True))
    answers = list(participation.support_answers.filter(moment="before"))
    form = ConversationForm(
        request.POST or None,
        participation=participation,
        people=people,
        initial=first_values(participation, family, people, held, answers, timezone.localdate()),
    )
    if request.method == "POST" and form.is_valid():
        hold_conversation(participation=participation, told=form.told(), by=request.user, now=timezone.now())
        messages.success(request, _("Saved. Only the family's coordinators read the notes."))
        return redirect("families:family", number=number, pk=pk)
    context = {"form": form, "family": family, "held": held, "sees_contact": True, "people": people}
    return render(request, "families/conversation.html", context)
