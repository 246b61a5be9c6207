"""Bringing in a spreadsheet: choose it, see how it was understood, decide row by row, import."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import requires
from accounts.permissions import Permission
from accounts.requests import Request
from families.forms.importing import ColumnsForm, UploadForm
from families.importing.drafts import LABELS, Word
from families.importing.verdicts import Row, Verdict, understand
from families.importing.workbook import NotReadable, read_workbook
from families.models import Upload
from families.services.importing import (
    RoundIsClosed,
    correct_columns,
    decide,
    forget_upload,
    import_upload,
    keep_upload,
    read_list,
)
from planning.models import Round
from web.forms import add_errors
from web.partials import render

# A page of rows; each row is one field of the form, and a form has at most 1,000.
ROWS_A_PAGE = 100
# Each look reads the rows anew; longer lists are brought in by `manage.py import_families`.
MOST_ON_A_PAGE = 5_000
COUNTED = {
    Verdict.NEW: gettext_lazy("are imported"),
    Verdict.ADDED: gettext_lazy("are added to a family"),
    Verdict.QUESTION: gettext_lazy("wait for your answer"),
    Verdict.DUPLICATE: gettext_lazy("are here already"),
    Verdict.UNREADABLE: gettext_lazy("cannot be read"),
    Verdict.IGNORED: gettext_lazy("are left out"),
}


@requires(Permission.FAMILY_IMPORT)
def choose(request: Request, number: str) -> HttpResponse:
    """Choose a workbook and the round its families are to wait in."""
    rounds = Round.objects.visible_to(request.user).running()
    if not rounds.exists():
        return render(request, "families/no_round.html")
    form = UploadForm(request.POST or None, request.FILES or None, rounds=rounds, initial={"round": rounds.first()})
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"]
        try:
            read_workbook(content, most_rows=MOST_ON_A_PAGE)
        except NotReadable as refused:
            add_errors(form, {"file": str(refused)})
        else:
            upload = keep_upload(
                name=form.file_name,
                content=content,
                in_round=form.cleaned_data["round"],
                by=request.user,
            )
            return redirect("families:import_columns", number=number, pk=upload.pk)
    return render(request, "families/import_choose.html", {"form": form})


def own_upload(request: Request, pk: int) -> Upload:
    """Her own workbook; nobody else sees it."""
    return get_object_or_404(
        Upload.objects.select_related("round__municipality", "round__project_leader"), pk=pk, uploaded_by=request.user
    )


@requires(Permission.FAMILY_IMPORT)
def columns(request: Request, number: str, pk: int) -> HttpResponse:
    """What each column holds, to correct; or choose another file, and this one is forgotten."""
    upload = own_upload(request, pk)
    if request.POST.get("then") == "forget":
        forget_upload(upload=upload, by=request.user)
        messages.success(request, _("The file is forgotten. Nothing was imported."))
        return redirect("families:import", number=number)
    sheets = understand(read_workbook(bytes(upload.content)), upload.meanings)
    form = ColumnsForm(request.POST if request.method == "POST" else None, sheets=sheets)
    if request.method == "POST" and form.is_valid():
        correct_columns(upload=upload, meanings=form.meanings())
        return redirect("families:import_preview", number=number, pk=pk)
    context = {"upload": upload, "form": form, "any_list": any(sheet.columns for sheet in sheets)}
    return render(request, "families/import_columns.html", context)


@requires(Permission.FAMILY_IMPORT)
def preview(request: Request, number: str, pk: int) -> HttpResponse:
    """Every row with its verdict and its choices; answers are kept, then what is chosen is imported."""
    upload = own_upload(request, pk)
    rows = rows_of(request, upload)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        decide(upload=upload, decisions=answers(request, page))
        if request.POST.get("then") == "import":
            return bring_in(request, upload)
        further = page.next_page_number() if page.has_next() else page.number
        return redirect(f"{request.path}?page={further}")
    counts = Counter(row.verdict for row in rows)
    context = {
        "upload": upload,
        "page": page,
        "rows": [(row, options(row)) for row in page.object_list],
        "strict": sum(row.is_strict for row in rows),
        "counts": [(counts[verdict], words) for verdict, words in COUNTED.items() if counts[verdict]],
    }
    return render(request, "families/import_preview.html", context)


def rows_of(request: Request, upload: Upload) -> list[Row]:
    """The rows as they stand after her answers so far."""
    return read_list(
        content=bytes(upload.content),
        in_round=upload.round,
        decisions=upload.decisions,
        today=timezone.localdate(),
        by=request.user,
        strict=False,
        meanings=upload.meanings,
    )


def answers(request: Request, page: Page[Row]) -> dict[str, str]:
    """What was answered on this page, by row; "" where nothing was."""
    return {
        row.place: answer
        for row in page.object_list
        if row.choices and (answer := request.POST.get(row.field, "")) in {"", *row.choices}
    }


def options(row: Row) -> list[tuple[str, str]]:
    """The answers that a row takes, in words."""
    if not row.choices:
        return []
    return [*((way, way_in_words(row, way)) for way in row.choices[:-1]), (Word.SKIP.value, _("Leave out"))]


def way_in_words(row: Row, way: str) -> str:
    """«Import: as another family, without that phone», or «It is the same family: add what is new»."""
    if not row.questions:
        return _("Import")
    words = [Word(word) for word in way.split("+")]
    if Word.SAME in words:
        rest = [str(LABELS[word]) for word in words if word != Word.SAME]
        return ", ".join([_("It is the same family: add what is new"), *rest])
    return _("Import: %(how)s") % {"how": ", ".join(str(LABELS[word]) for word in words)}


def bring_in(request: Request, upload: Upload) -> HttpResponse:
    """Import what is chosen."""
    number = request.municipality.number
    try:
        count, added = import_upload(upload=upload, today=timezone.localdate(), by=request.user)
    except (NotReadable, RoundIsClosed) as refused:
        messages.error(request, str(refused))
        return redirect("families:import_preview", number=number, pk=upload.pk)
    done = ngettext("One family waits now.", "%(count)s families wait now.", count) % {"count": count}
    if added:
        more = ngettext("One row was added to its family.", "%(count)s rows were added to their families.", added)
        done = f"{done} {more % {'count': added}}"
    messages.success(request, " ".join([done, _("The spreadsheet is forgotten.")]))
    return redirect("families:waiting", number=number)
