"""The one question before families are written to in the quiet hours."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sessions_log.queries.quiet import Silence
from web.dates import clock, near_day
from web.forms import PageForm, TallSegments

NOW, WAIT = "now", "wait"


class QuietForm(PageForm):
    """«Send all the same?» when there is something to ask, with a default; empty when there is not.

    Sent without an answer (the quiet hours began meanwhile, or the new time is sooner) it asks, once.
    """

    at_night = forms.ChoiceField(widget=TallSegments)

    def __init__(self, data: Mapping[str, Any] | None = None, *, silence: Silence | None) -> None:
        self.silence = silence
        self.was_asked = silence is None or data is None or "at_night" in data
        if silence is None:
            super().__init__({} if data is not None else None)
            del self.fields["at_night"]
            return
        default = NOW if silence.sends_now else WAIT
        super().__init__({"at_night": default} if data is not None and not self.was_asked else data)
        self.describe(silence)
        self.fields["at_night"].initial = default

    def describe(self, silence: Silence) -> None:
        field = self.fields["at_night"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        when = {"day": near_day(silence.until), "time": clock(silence.until)}
        wait = _("No, I call them myself") if silence.is_too_late else _("No, send it %(day)s %(time)s") % when
        field.label = _("It is quiet hours now. Send all the same?")
        field.choices = [(NOW, _("Yes, send it now")), (WAIT, wait)]
        if silence.is_too_late:
            field.help_text = _("After the quiet hours it is too late for a message. That is why «yes» is chosen.")
        elif silence.sends_now:
            field.help_text = _("After the quiet hours there is little time left. That is why «yes» is chosen.")
        else:
            field.help_text = _("They will know in good time all the same. That is why «no» is chosen.")

    def clean(self) -> dict[str, Any]:
        if not self.was_asked:
            self.add_error("at_night", _("Answer this too. Nothing is sent yet."))
        return self.cleaned_data

    @property
    def lets_through(self) -> bool:
        return bool(self.cleaned_data.get("at_night") == NOW)
