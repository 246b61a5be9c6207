"""The workbook that is to be brought in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from families.importing.workbook import NotReadable, check_container
from planning.models import Round
from web.forms import PageForm

MOST_MEGABYTES = 10


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
