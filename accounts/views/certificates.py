"""Police certificates: asking for one, the letter that states the purpose, noting that it was shown, ending a role."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.forms import AskForm, CertificateForm
from accounts.holders import SOURCES, Holder, owner_of
from accounts.models import Certificate, CertificateRequest, CertificateRole, User
from accounts.permissions import Permission
from accounts.purpose import PurposeLetter, purpose_letter
from accounts.requests import Request
from accounts.rules.purpose import LANGUAGES
from accounts.services.certificates import CertificateTooOld, ShownTooEarly, note_certificate_of
from accounts.services.requests import NoGround, ask_for_certificate
from accounts.services.roles import StillFollowsAGroup, end_role
from web.forms import add_errors
from web.pdf import render_pdf

LONGEST_ID = 18  # digits that the database takes


def holder_of(request: Request, key: str) -> Holder:
    """Who is meant by «5» (an account with a role here) or «volunteer-5». 404 for anybody else."""
    kind, _dash, pk = key.rpartition("-")
    if not (pk.isdecimal() and pk.isascii() and len(pk) <= LONGEST_ID and (not kind or kind in SOURCES)):
        raise Http404
    if kind:
        found = SOURCES[kind].find(int(pk))
        if found is None:
            raise Http404
        return found
    here = User.objects.filter(role_assignments__municipality=request.municipality).distinct()
    person = get_object_or_404(here, pk=pk)
    held = set(person.role_assignments.filter(municipality=request.municipality).values_list("role", flat=True))
    roles = tuple(role for role in CertificateRole.values if role in held)
    return Holder(str(person.pk), person.name, roles, user=person, pk=person.pk)


def requests_of(request: Request, holder: Holder) -> dict[str, CertificateRequest]:
    """What she was asked for and has not shown, by kind of role."""
    found = {}
    if holder.user is not None:
        rows = CertificateRequest.objects.visible_to(request.user).filter(user=holder.user)
        found = {row.role: row for row in rows if row.role in (holder.roles or CertificateRole.values)}
    if holder.request is not None:
        found[holder.request.role] = holder.request
    return found


@requires(Permission.CERTIFICATE_NOTE)
def certificate(request: Request, number: str, key: str) -> HttpResponse:
    """Note that a person showed a police certificate."""
    holder = holder_of(request, key)
    asked = requests_of(request, holder)
    today = timezone.localdate()
    initial: dict[str, object] = {"shown_on": today}
    for row in asked.values():
        initial |= {"role": row.role, "ground": row.ground}
    form = CertificateForm(
        request.POST or None,
        roles=holder.roles,
        asked={role: row.asked_on for role, row in asked.items()},
        today=today,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            note_certificate_of(holder=holder, **form.cleaned_data, municipality=request.municipality, by=request.user)
        except (CertificateTooOld, ShownTooEarly):
            add_errors(form, {"shown_on": _("These days do not fit. Look at them once more.")})
        else:
            messages.success(request, _("Noted. Thank you for checking."))
            return redirect("accounts:staff", number=number)
    held = Certificate.objects.visible_to(request.user).in_force()
    context = {
        "form": form,
        "person": holder,
        "asked": list(asked.values()),
        "held": list(
            held.filter(user=holder.user) if holder.user else held.filter(pk=getattr(holder.certificate, "pk", 0))
        ),
        "may_end": [(role, CertificateRole(role).label) for role in holder.roles],
    }
    return render(request, "accounts/certificate.html", context)


@requires(Permission.CERTIFICATE_NOTE)
def ask(request: Request, number: str, key: str) -> HttpResponse:
    """Ask a person to show one: for which role, on what ground. The next page is the letter for her."""
    holder = holder_of(request, key)
    form = AskForm(request.POST or None, roles=holder.roles)
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_for_certificate(
                holder=holder,
                **form.cleaned_data,
                today=timezone.localdate(),
                municipality=request.municipality,
                by=request.user,
            )
        except NoGround:
            add_errors(
                form, {"ground": _("Write your own legal ground in the settings first: the police want to see it.")}
            )
        else:
            return redirect("accounts:letter", number=number, pk=made.pk)
    return render(request, "accounts/ask.html", {"form": form, "person": holder})


def letter_of(request: Request, pk: int) -> tuple[Holder, PurposeLetter]:
    """Whose letter it is, and what it says; `?language=` chooses. 404 for a request of somebody else's."""
    rows = CertificateRequest.objects.visible_to(request.user).select_related("municipality", "asked_by", "user")
    row = get_object_or_404(rows, pk=pk)
    user = row.user
    owner = Holder(str(user.pk), user.name, (row.role,), user=user, pk=user.pk) if user else None
    holder = owner_of(row) or owner
    if holder is None:
        raise Http404
    language = request.GET.get("language", row.municipality.language)
    return holder, purpose_letter(request=row, name=holder.name, language=language)


@requires(Permission.CERTIFICATE_NOTE)
def letter(request: Request, number: str, pk: int) -> HttpResponse:
    """The letter as a page, and how to have it as PDF."""
    holder, made = letter_of(request, pk)
    context = {"letter": made, "person": holder, "pk": pk, "languages": LANGUAGES, "screen": get_language()}
    return render(request, "accounts/letter.html", context)


@requires(Permission.CERTIFICATE_NOTE)
def letter_pdf(request: Request, number: str, pk: int) -> HttpResponse:
    """The same letter as a tagged PDF. Its name says nothing of whom it is about."""
    _holder, made = letter_of(request, pk)
    answer = HttpResponse(render_pdf("purpose.typ", asdict(made)), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="politiattest-formaal.pdf"'
    return answer


@requires(Permission.CERTIFICATE_NOTE)
@require_POST
def end(request: Request, number: str, key: str) -> HttpResponse:
    """She does not have the role (any more). No reason is asked for."""
    holder = holder_of(request, key)
    role = request.POST.get("role", "")
    if role not in holder.roles:
        raise Http404
    try:
        end_role(
            holder=holder, role=role, today=timezone.localdate(), municipality=request.municipality, by=request.user
        )
    except StillFollowsAGroup:
        messages.error(
            request, _("%(name)s follows a group. Let somebody else follow it first.") % {"name": holder.name}
        )
        return redirect("accounts:certificate", number=number, key=key)
    messages.success(request, _("%(name)s does not have this role now.") % {"name": holder.name})
    return redirect("accounts:staff", number=number)
