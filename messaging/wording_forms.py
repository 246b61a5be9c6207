"""A municipality's own words, and who has read them."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from messaging.rules.telling_words import telling_words
from outbox.catalogue import Template
from outbox.placeholders import ALLOWED, LABELS, at_risk, missing, names_in, shown, stored
from web.fields import GuardedField
from web.forms import PageForm
from web.languages import direction, tag

QUESTIONS = "?؟፧"
# Signs that turn the direction of what follows, and others that nobody sees.
UNSEEN = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\ufeff"}
MUST_SAY = {
    "activity": _("It must say what you do: {%(label)s}."),
    "day": _("It must say which day: {%(label)s}."),
    "clock": _("It must say at what time: {%(label)s}."),
    "place": _("It must say where: {%(label)s}."),
    "directions": _("It must say how to get there: {%(label)s}."),
    "phone": _("It must say whom to call: {%(label)s}."),
    "options": _("It must name the choices: {%(label)s}."),
    "words": _("It must hold the message itself: {%(label)s}."),
    "code": _("It must hold the code: {%(label)s}."),
    "host": _("It must say who calls: {%(label)s}."),
}


class WordingForm(PageForm):
    """Subject, mail and text message of one kind of letter. Placeholders are typed in the words of the screen, and
    cleaned to the stored ones."""

    subject = GuardedField(label=_("Subject of the e-mail"), max_length=120)
    body = GuardedField(label=_("E-mail"), max_length=2000, widget=forms.Textarea(attrs={"rows": 12}))
    sms = GuardedField(
        label=_("Text message"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One sentence a line. They are sent as one text, without the line breaks."),
    )

    def __init__(self, *args: Any, kind: str, language: str, words: Template, **kwargs: Any) -> None:
        initial = {name: shown(getattr(words, name)) for name in ("subject", "body", "sms")}
        super().__init__(*args, initial=initial, **kwargs)
        self.kind = kind
        for field in self.fields.values():
            field.widget.attrs |= {"lang": tag(language), "dir": direction(language)}
        self.order_fields(["sms", "subject", "body"])  # most families get text messages

    def clean_subject(self) -> str:
        return self.checked("subject")

    def clean_body(self) -> str:
        return self.checked("body", whole=True)

    def clean_sms(self) -> str:
        return self.checked("sms", whole=True)

    def checked(self, name: str, *, whole: bool = False) -> str:
        """The field's words as they are stored. `whole`: they must say by themselves what the letter is for."""
        text = "\n".join(line.rstrip() for line in str(self.cleaned_data[name]).splitlines()).strip()
        words, unknown = stored(text)
        faults = [*self.odd_signs(words), *self.odd_placeholders(words, unknown)]
        if telling := telling_words(re.sub(r"\{\w+\}", " ", words)):
            said = ", ".join(f"«{word}»" for word in telling)
            faults.append(_("%(words)s may tell others too much about a family. Leave it out.") % {"words": said})
        if sum(words.count(sign) for sign in QUESTIONS) > 1:
            faults.append(_("Ask one question at most, else only one of them is answered."))
        if whole and not unknown:
            faults += [MUST_SAY[gap] % {"label": LABELS[gap]} for gap in missing(self.kind, words, short=name == "sms")]
            faults += [
                _("Give {%(label)s} a line of its own: the line is left out when there is nothing to tell.")
                % {"label": LABELS[alone]}
                for alone in at_risk(self.kind, words, short=name == "sms")
            ]
        if faults:
            raise forms.ValidationError([str(fault) for fault in faults])
        return words

    def odd_signs(self, words: str) -> list[Any]:
        if any(sign in UNSEEN or (unicodedata.category(sign) == "Cc" and sign != "\n") for sign in words):
            return [_("There is a sign in it that nobody can see. Write the line by hand instead of pasting it.")]
        return []

    def odd_placeholders(self, words: str, unknown: list[str]) -> list[Any]:
        allowed = ALLOWED[self.kind]
        faults: list[Any] = [
            _("{%(label)s} is none of the facts. Choose among those on the list.") % {"label": label}
            for label in unknown
        ]
        faults += [
            _("{%(label)s} is not known in this letter. Choose among those on the list.") % {"label": LABELS[name]}
            for name in sorted(names_in(words) - set(allowed))
            if name in LABELS
        ]
        if re.search(r"[{}]", re.sub(r"\{\w+\}", "", words)):
            faults.append(_("There is a { or } too many, or a blank between them."))
        return faults

    @property
    def words(self) -> Template:
        """What was typed, once it is valid."""
        return Template(**{name: self.cleaned_data[name] for name in ("subject", "body", "sms")})


class SignOffForm(PageForm):
    """Who has read the words. `digest`: which words those were."""

    read_by = GuardedField(
        label=_("Who has read it"),
        help_text=_("Somebody who speaks the language at home, for example «Amal, interpreter»."),
        max_length=80,
    )
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
