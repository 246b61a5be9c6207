"""The words of our letters: ours, or the municipality's own, and who has read them."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from messaging.kinds import TITLES
from messaging.wording_forms import SignOffForm, WordingForm
from outbox.catalogue import CHECKED, KINDS, LANGUAGES, Facts, Template, render
from outbox.letters import has_page
from outbox.links import STANDS
from outbox.models import SignOff, Wording
from outbox.placeholders import ALLOWED, LABELS, shown
from outbox.previews import as_shown, names_link, parts_of
from outbox.services.wordings import WordsChanged, sign_off, take_back_wording, write_wording
from outbox.wordings import our_words, read_wordings
from web.languages import LETTER_LANGUAGES, direction, tag
from web.partials import render as page


@dataclass(frozen=True)
class Row:
    """A kind of letter in the list of one language."""

    kind: str
    title: str
    begins: str
    is_own: bool
    is_checked: bool


def example(request: Request, kind: str) -> Facts:
    """An invented gathering and family. What staff write is Norwegian here too: nothing is translated."""
    starts_at = timezone.localtime().replace(hour=16, minute=30, second=0, microsecond=0) + timedelta(days=7)
    return Facts(
        first_name="Amira",
        activity="Vi baker brød",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place="Bjørkehuset",
        address="Skolegata 4",
        directions="Buss 21 til Torget",
        bring="forkle",
        host=request.user.first_name,
        host_phone="400 00 901",
        municipality=request.municipality.name,
        options=("Bowling", "Tur i skogen", "Vi lager mat"),
        words="Husk varme klær på torsdag.",
        code="123456",
        link=STANDS if has_page(kind) else "",
    )


@requires(Permission.WORDING_EDIT)
def wordings(request: Request, number: str) -> HttpResponse:
    """Every kind of letter in one language."""
    asked = request.GET.get("sprak", "")
    language = asked if asked in LANGUAGES else request.municipality.language
    known = read_wordings(*KINDS)
    rows = [
        Row(
            kind,
            str(TITLES[kind]),
            as_shown(kind, known.render(kind, language, example(request, kind))).sms,
            (kind, language) in known.own,
            known.is_checked(kind, language),
        )
        for kind in KINDS
    ]
    context = {
        "languages": [(code, name, code == language) for code, name in LETTER_LANGUAGES.items()],
        "language": language,
        "lang": tag(language),
        "direction": direction(language),
        "rows": rows,
        "unread": sum(not row.is_checked for row in rows),
    }
    return page(request, "messaging/wordings.html", context)


def known_or_404(kind: str, language: str) -> None:
    if kind not in KINDS or language not in LANGUAGES:
        raise Http404


@requires(Permission.WORDING_EDIT)
def wording(request: Request, number: str, kind: str, language: str) -> HttpResponse:
    """Change the words of one letter; «see it first» shows them and saves nothing."""
    known_or_404(kind, language)
    known = read_wordings(kind)
    now_said = known.template(kind, language)
    form = WordingForm(request.POST or None, kind=kind, language=language, words=now_said)
    tried = form.words if request.method == "POST" and form.is_valid() else None
    if tried and "see" not in request.POST:
        write_wording(
            kind=kind,
            language=language,
            words=tried,
            municipality=request.municipality,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Saved. Letters from now on are written so."))
        return redirect("messaging:wording", number=number, kind=kind, language=language)
    context = of_wording(request, kind, language, tried or now_said) | {
        "form": form,
        "is_own": (kind, language) in known.own,
        "is_tried": tried is not None and tried != now_said,
        "is_checked": known.is_checked(kind, language),
        "sign_off_form": SignOffForm(initial={"digest": now_said.digest}),
        "signed": SignOff.objects.filter(kind=kind, language=language, digest=now_said.digest)
        .select_related("signed_by")
        .first(),
        "written": Wording.objects.filter(kind=kind, language=language).select_related("written_by").first(),
    }
    return page(request, "messaging/wording.html", context)


def of_wording(request: Request, kind: str, language: str, words: Template) -> dict[str, object]:
    """The letter as its page shows it: filled in, counted, and beside our words for it."""
    facts = example(request, kind)
    text = render(kind, language, facts, words)
    counted = parts_of(kind, text)
    return {
        "kind": kind,
        "title": TITLES[kind],
        "language": language,
        "language_name": LETTER_LANGUAGES[language],
        "lang": tag(language),
        "direction": direction(language),
        "text": as_shown(kind, text),
        "leads_nowhere": has_page(kind) and not names_link(kind, text),
        "link_label": f"{{{LABELS['link']}}}",
        "parts": counted,
        "price": counted.parts * request.municipality.sms_price_ore,
        "placeholders": [(str(LABELS[name]), name) for name in ALLOWED[kind]],
        "needs_reader": language not in CHECKED,
        "norwegian": "" if language in {"nb", "nn"} else read_norwegian(kind, facts),
        "ours": shown(our_words(kind, language).body),
    }


def read_norwegian(kind: str, facts: Facts) -> str:
    """What our words say, for whoever does not read the language."""
    return as_shown(kind, render(kind, "nb", facts)).body


@requires(Permission.WORDING_EDIT)
@require_POST
def take_back(request: Request, number: str, kind: str, language: str) -> HttpResponse:
    """Back to our words."""
    known_or_404(kind, language)
    take_back_wording(kind=kind, language=language, municipality=request.municipality, by=request.user)
    messages.success(request, _("Our words are back. Letters from now on are written so."))
    return redirect("messaging:wording", number=number, kind=kind, language=language)


@requires(Permission.WORDING_EDIT)
@require_POST
def sign(request: Request, number: str, kind: str, language: str) -> HttpResponse:
    """Note who has read the words."""
    known_or_404(kind, language)
    form = SignOffForm(request.POST)
    if not form.is_valid():
        known = read_wordings(kind)
        now_said = known.template(kind, language)
        context = of_wording(request, kind, language, now_said) | {
            "form": WordingForm(None, kind=kind, language=language, words=now_said),
            "is_own": (kind, language) in known.own,
            "is_checked": known.is_checked(kind, language),
            "sign_off_form": form,
        }
        return page(request, "messaging/wording.html", context, status=422)
    try:
        sign_off(
            kind=kind,
            language=language,
            digest=form.cleaned_data["digest"],
            read_by=form.cleaned_data["read_by"],
            municipality=request.municipality,
            by=request.user,
            now=timezone.now(),
        )
    except WordsChanged:
        messages.warning(request, _("Somebody changed the words meanwhile. They must be read once more."))
    else:
        messages.success(request, _("Noted. The mark «not checked» is gone from this letter."))
    return redirect("messaging:wording", number=number, kind=kind, language=language)
