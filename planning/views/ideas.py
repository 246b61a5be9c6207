"""Activity ideas: our own and the national library's."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from planning.filters import IdeaFilter
from planning.forms.ideas import IdeaForm, IdeaNoteForm
from planning.models import ActivityIdea, IdeaNote, LanguageNeeded, Season
from planning.rules.money import kroner
from planning.services.ideas import note_idea
from planning.views.resources import Line, Noun, Way, form_page, here, joined, list_page, out_of_use
from web.partials import render

IDEA = Noun(
    name="idea",
    title=gettext_lazy("Activity ideas"),
    lead=gettext_lazy("Half-made plans that need little language. The families choose; you know what each one takes."),
    add=gettext_lazy("Add an idea"),
    change=gettext_lazy("Change the idea"),
    empty=gettext_lazy("No idea yet"),
    empty_text=gettext_lazy("Write down the first one: what you do together, what it costs and whom to call."),
)
NOTE = Noun(
    name="idea_note",
    title=gettext_lazy("How it went"),
    lead="",
    add=gettext_lazy("Note how it went"),
    change=gettext_lazy("How it went"),
    empty="",
    empty_text="",
)
COPIED = [
    *("where", "language_needed", "seasons", "cost", "minutes", "age_from", "age_to", "wheelchair", "lead_days"),
]


def price(row: ActivityIdea) -> str:
    return _("%(price)s per family") % {"price": kroner(row.cost)} if row.cost else _("free")


def lead_time(row: ActivityIdea) -> str:
    if not row.lead_days:
        return _("can be done today")
    return ngettext("%(n)s day ahead", "%(n)s days ahead", row.lead_days) % {"n": row.lead_days}


def language(row: ActivityIdea) -> str:
    return {
        LanguageNeeded.NONE: _("no language needed"),
        LanguageNeeded.LITTLE: _("a little language"),
        LanguageNeeded.SOME: _("some language"),
    }[LanguageNeeded(row.language_needed)]


def seasons(row: ActivityIdea) -> str:
    return ", ".join(str(Season(code).label) for code in row.seasons) if row.seasons else _("the whole year")


def ages(row: ActivityIdea) -> str:
    if row.age_to is not None:
        return _("%(first)s–%(last)s years") % {"first": row.age_from, "last": row.age_to}
    return _("from %(first)s years") % {"first": row.age_from} if row.age_from else _("all ages")


@requires(Permission.PLANNING_VIEW)
def ideas(request: Request, number: str) -> HttpResponse:
    """All ideas by title, narrowed as the address says."""

    def line(row: ActivityIdea) -> Line:
        national = [] if row.municipality_id else [(_("national library"), "info")]
        return Line(
            str(row),
            here(request, "idea", row.pk),
            [
                joined(price(row), row.get_where_display(), language(row)),
                joined(seasons(row), ages(row), lead_time(row)),
            ],
            [*national, *out_of_use(row)],
        )

    rows = ActivityIdea.objects.visible_to(request.user).in_use_first()
    return list_page(request, IDEA, rows, line, filter_class=IdeaFilter, template="planning/ideas.html")


@requires(Permission.PLANNING_VIEW)
def idea(request: Request, number: str, pk: int) -> HttpResponse:
    """What you do, what it takes, and how it went here last time."""
    row = get_object_or_404(ActivityIdea.objects.visible_to(request.user), pk=pk)
    words = row.words
    lasts = ngettext("%(n)s minute", "%(n)s minutes", row.minutes) % {"n": row.minutes} if row.minutes else ""
    facts = [
        ("Wallet", _("Price"), price(row)),
        ("Calendar", _("Season"), joined(seasons(row), row.get_where_display())),
        ("Language", _("Language needed"), language(row)),
        ("PersonGroup", _("Ages"), joined(ages(row), _("works with a wheelchair") if row.wheelchair else "")),
        ("Clock", _("How long"), lasts),
        ("Hourglass", _("To be booked"), joined(lead_time(row), words["book"])),
        ("Checkmark", _("What makes it realistic"), words["realistic"]),
    ]
    notes = IdeaNote.objects.visible_to(request.user).filter(idea=row).select_related("round", "by")
    context = {"idea": row, "words": words, "facts": [fact for fact in facts if fact[2]], "notes": list(notes)}
    return render(request, "planning/idea.html", context)


@requires(Permission.PLANNING_EDIT)
def new_idea(request: Request, number: str) -> HttpResponse:
    """An idea of our own; `?from=` begins with another one's words."""
    initial: dict[str, object] = {"cost": 0, "age_from": 0, "lead_days": 0}
    asked = request.GET.get("from", "")
    found = ActivityIdea.objects.visible_to(request.user).filter(pk=int(asked)) if asked.isdecimal() else None
    if found and (row := found.first()):
        initial = {name: getattr(row, name) for name in COPIED} | row.words
    form = IdeaForm(request.POST or None, initial=initial)
    return form_page(request, IDEA, form, way=Way(here(request, "ideas"), str(IDEA.title)))


@requires(Permission.PLANNING_EDIT)
def edit_idea(request: Request, number: str, pk: int) -> HttpResponse:
    """Change one of our own; the national ones are SOS-barnebyer's."""
    own = ActivityIdea.objects.visible_to(request.user).filter(municipality=request.municipality)
    row = get_object_or_404(own, pk=pk)
    way = Way(here(request, "idea", pk), str(row))
    return form_page(request, IDEA, IdeaForm(request.POST or None, instance=row), way=way)


@requires(Permission.PLANNING_EDIT)
def new_idea_note(request: Request, number: str, pk: int) -> HttpResponse:
    """How it went, for whoever tries it next."""
    row = get_object_or_404(ActivityIdea.objects.visible_to(request.user), pk=pk)
    form = IdeaNoteForm(request.POST or None, instance=IdeaNote(idea=row), user=request.user)
    way = Way(here(request, "idea", pk), str(row))
    return form_page(request, NOTE, form, way=way, keep=note_idea)
