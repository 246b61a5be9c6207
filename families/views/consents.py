"""What a family has said yes to: given and withdrawn with one tap each."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from audit.services import note_read
from families.forms.consents import AnswerForm
from families.models import Consent, Family, Person
from families.rules.consents import TEXTS, ConsentText, answers_for_herself, is_heard, text_of
from families.services.consents import CannotAnswer, give_consent, withdraw_consent
from web.forms import add_errors
from web.partials import render


@dataclass(frozen=True)
class Line:
    """One yes that can be given: about whom, to what, and the one that stands. `given_text`: what it said yes to.
    `who`: who has to answer, where that is not plain."""

    key: str
    person: Person | None
    consent: Consent | None
    given_text: ConsentText | None
    who: str = ""


@dataclass(frozen=True)
class Section:
    text: ConsentText
    lines: list[Line]


@requires(Permission.FAMILY_EDIT)
def consents(request: Request, number: str, pk: int) -> HttpResponse:
    """A yes is one tap, and so is taking it back."""
    family = get_object_or_404(Family.objects.visible_to(request.user), pk=pk)
    note_read(request, "family", [family.pk])
    people = list(family.people.filter(left_on__isnull=True))
    year = timezone.localdate().year
    answering = [person for person in people if answers_for_herself(person.kind, person.birth_year, year)]
    form = AnswerForm(request.POST if "give" in request.POST else None, answering=answering)
    if "withdraw" in request.POST:
        number_of = request.POST["withdraw"]
        consent = get_object_or_404(family.consents, pk=number_of if number_of.isdigit() else 0)
        withdraw_consent(consent=consent, by=request.user, now=timezone.now())
        messages.success(request, _("Noted: no. You can say yes again at any time."))
        return redirect("families:consents", number=number, pk=pk)
    if "give" in request.POST and form.is_valid():
        purpose, person = asked_for(request.POST["give"], people)
        given_by = person if person and text_of(purpose).whom == "adult" else form.cleaned_data["given_by"]
        try:
            give_consent(
                family=family,
                purpose=purpose,
                person=person,
                given_by=given_by,
                language=form.cleaned_data["language"],
                how=form.cleaned_data["how"],
                by=request.user,
                now=timezone.now(),
            )
        except CannotAnswer:
            add_errors(form, {"given_by": why_not(person)})
        else:
            messages.success(request, _("Noted: yes."))
            return redirect("families:consents", number=number, pk=pk)
    context = {
        "family": family,
        "form": form,
        "sections": sections(family, people),
        "can_answer": bool(answering),
        "earlier": family.consents.filter(withdrawn_at__isnull=False).select_related("person").order_by("-pk")[:30],
    }
    return render(request, "families/consents.html", context)


def who(person: Person | None) -> str:
    """What the law says of a child's own word; "" where it says nothing more."""
    year = timezone.localdate().year
    if person is None or not is_heard(person.kind, person.birth_year, year):
        return ""
    if answers_for_herself(person.kind, person.birth_year, year):
        return _("Old enough to answer herself or himself.")
    return _("Ask the child too, before a parent answers.")


def why_not(person: Person | None) -> str:
    """Who has to answer instead."""
    if person is None:
        return _("Choose an adult: this is about the whole family.")
    if answers_for_herself(person.kind, person.birth_year, timezone.localdate().year):
        return _("%(name)s answers herself or himself. Choose %(name)s here.") % {"name": person}
    return _("This person cannot answer for the other one. Choose an adult.")


def asked_for(key: str, people: list[Person]) -> tuple[str, Person | None]:
    """«photo:12» → the purpose and the person; «invite_again:» is about the family. 404 for anything else."""
    purpose, _colon, number = key.partition(":")
    person = next((person for person in people if str(person.pk) == number), None)
    if purpose not in TEXTS or (person is None) != (text_of(purpose).whom == "family"):
        raise Http404
    return purpose, person


def sections(family: Family, people: list[Person]) -> list[Section]:
    """Every purpose with a line for each person it is about. One query."""
    standing = {
        (row.purpose, row.person_id): row for row in family.consents.standing().select_related("given_by", "noted_by")
    }
    found = []
    for purpose, versions in TEXTS.items():
        text = versions[-1]
        about: list[Person | None] = [None] if text.whom == "family" else list(people)
        if text.whom == "adult":
            about = [person for person in people if person.kind == "adult"]
        lines = []
        for person in about:
            consent = standing.get((purpose, person.pk if person else None))
            given = text_of(purpose, consent.text_version) if consent else None
            lines.append(Line(f"{purpose}:{person.pk if person else ''}", person, consent, given, who(person)))
        found.append(Section(text, lines))
    return found
