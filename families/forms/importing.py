"""The workbook that is to be brought in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from families.importing.columns import FIELDS, FIXED, Column, codes
from families.importing.verdicts import Understood
from families.importing.workbook import NotReadable, check_container
from planning.models import Round
from web.forms import PageForm

MOST_MEGABYTES = 10


@dataclass(frozen=True)
class SheetFields:
    """A sheet as the page shows it: for each heading the field that says what it holds, or the words where that is
    fixed."""

    title: str
    columns: list[tuple[str, BoundField | None, str]]


class ColumnsForm(PageForm):
    """What each column of each sheet holds, to correct. Who is protected and what is never read stay as they are."""

    mark_optional = False

    def __init__(self, *args: Any, sheets: Sequence[Understood], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = sheets
        choices = [*codes(), ("protection", str(FIELDS["protection"]))]
        for sheet, column in self.open_columns():
            number = [("number", str(FIELDS["number"]))] if column.code == "number" else []
            self.fields[column.name(sheet)] = forms.ChoiceField(
                label=column.heading, choices=[*choices, *number], required=False, initial=column.code
            )

    def open_columns(self) -> Iterator[tuple[str, Column]]:
        for each in self.sheets:
            for column in each.columns:
                if column.heading and column.field not in FIXED:
                    yield each.sheet.title, column

    def shown(self) -> list[SheetFields]:
        return [
            SheetFields(
                each.sheet.title,
                [
                    (column.heading, self[name], "")
                    if (name := column.name(each.sheet.title)) in self.fields
                    else (column.heading, None, column.meaning)
                    for column in each.columns
                    if column.heading
                ],
            )
            for each in self.sheets
        ]

    def meanings(self) -> dict[str, str]:
        """What was said, by «Sheet!3»; a field that was not sent is as it was."""
        return {
            name: self.cleaned_data[name] if name in self.data else column.code
            for sheet, column in self.open_columns()
            if (name := column.name(sheet))
        }


class UploadForm(PageForm):
    """A round and a workbook. Only its container is looked at here; the content is read on the next page."""

    round = forms.ModelChoiceField(label=_("Round"), queryset=Round.objects.none(), empty_label=None)
    file = forms.FileField(
        label=_("The spreadsheet"),
        help_text=_("An .xlsx file, at most 10 MB. We forget it after the import, or after 24 hours."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose another one."),
            "max_length": _("The file's name is too long. Give it a shorter one."),
        },
        max_length=200,
    )

    file_name = ""

    def __init__(self, *args: Any, rounds: QuerySet[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["round"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = rounds

    def clean_file(self) -> bytes:
        """The file's content."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        self.file_name = file.name or ""
        if (file.size or 0) > MOST_MEGABYTES * 1024 * 1024:
            raise ValidationError(_("The file is larger than 10 MB. Share it into several files."))
        content: bytes = file.read()
        try:
            check_container(content)
        except NotReadable as refused:
            raise ValidationError(str(refused)) from refused
        return content
