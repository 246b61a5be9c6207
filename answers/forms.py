"""What a household answers on its own page, in its language."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from answers.services.meaning import usual_needs
from answers.services.own_pages import OwnPage
from answers.words import PageWords
from families.models import Person
from web.forms import PageForm, TallSegments, described
from web.identity_numbers import holds_identity_number

LONGEST = 200


class AnswerForm(PageForm):
    """Coming or not; who, what they need, a few words. All but the first may be left."""

    mark_optional = False  # that word is one of Django's catalogues, not of the family's language

    coming = forms.ChoiceField(widget=TallSegments)
    who = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    needs_lift = forms.BooleanField(required=False)
    needs_interpreter = forms.BooleanField(required=False)
    food = forms.CharField(required=False, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}))
    words = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": "2", "dir": "auto"}))

    def __init__(self, *args: Any, page: OwnPage, said: PageWords, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page, self.said = page, said
        labels = {"coming": "ask", "who": "who_comes", "needs_lift": "lift", "food": "food", "words": "say"}
        for name, text in labels.items():
            self.fields[name].label = said[text]
        self.fields["needs_interpreter"].label = described(said["interpreter"], said["interpreter_help"])
        for name, text in {"food": "food_help", "words": "say_help"}.items():
            self.fields[name].help_text = said[text]
            self.fields[name].widget.attrs["maxlength"] = str(LONGEST)
        for field in self.fields.values():
            field.error_messages |= {"required": said["choose"], "invalid_choice": said["choose"]}
        self.offer("coming", [("yes", said["yes"]), ("no", said["no"])])
        self.offer("who", [(str(person.pk), self.name_of(person)) for person in page.people])
        if not page.gathering.asks_lift:
            del self.fields["needs_lift"]
        if not page.gathering.asks_interpreter:
            del self.fields["needs_interpreter"]
        self.initial.update(self.known())

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    def name_of(self, person: Person) -> str:
        """First names only: somebody may look over their shoulder."""
        return person.first_name or self.said["adult" if person.kind == "adult" else "child"]

    def known(self) -> dict[str, Any]:
        """The last answer; before the first one everybody is ticked, and what the family usually needs."""
        reply, family = self.page.reply, self.page.person.family
        everybody = [str(person.pk) for person in self.page.people]
        if reply is None:
            return {"who": everybody, **usual_needs(self.page.gathering, family, self.page.people)}
        same = len(everybody) == reply.adults + reply.children or not reply.coming
        return {
            "coming": "yes" if reply.coming else "no",
            "who": everybody if same else [],
            "needs_lift": reply.needs_lift,
            "needs_interpreter": reply.needs_interpreter,
            "food": reply.food,
            "words": reply.words,
        }

    def clean_food(self) -> str:
        return self.guarded("food")

    def clean_words(self) -> str:
        return self.guarded("words")

    def guarded(self, name: str) -> str:
        """Free text: not too long, and without an identity number. Health is not asked for."""
        text: str = self.cleaned_data[name]
        if len(text) > LONGEST:
            raise ValidationError(self.said["too_long"])
        if holds_identity_number(text):
            raise ValidationError(self.said["identity_wrong"])
        return text

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("coming") == "yes" and not data.get("who") and "who" not in self.errors:
            self.add_error("who", self.said["nobody"])
        return data

    def answer(self) -> dict[str, Any]:
        """Arguments of `answer_from_own_page`."""
        data = self.cleaned_data
        chosen = set(data["who"])
        return {
            "coming": data["coming"] == "yes",
            "who": [person for person in self.page.people if str(person.pk) in chosen],
            "needs_lift": data.get("needs_lift", False),
            "needs_interpreter": data.get("needs_interpreter", False),
            "food": data["food"],
            "words": data["words"],
        }
