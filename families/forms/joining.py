"""The public form: a family signs itself up, or somebody fills it in for one. Few answers, in the family's language."""

import re
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from families.catalogue import Words
from families.forms.referrals import STRICT, last_word
from families.languages import LETTER_LANGUAGES, SPOKEN_LANGUAGES
from families.models import SourceKind
from families.rules.joining import DIGITS, with_plain_digits
from families.services.joining import Address
from outbox.models import Message
from web.fields import GuardedField
from web.forms import PageForm, described
from web.identity_numbers import holds_identity_number
from web.languages import OWN_NAMES
from web.phones import NotAPhoneNumber, read_phone

MOBILE = re.compile(r"\+47[49]\d{7}$")  # only these get text messages, and cost what they should
MOST_CHILDREN = 12
ADULT_FROM = 25  # a child of a family was born in these many years
SAID_BETTER = {code: OWN_NAMES[code] for code in ("fa_AF", "kmr")} | {
    "bs": "Bosanski, hrvatski, srpski",
    "tl": "Tagalog",
}
Text = Any  # a text, or a lazy one of the screens


@cache
def own_name(code: str) -> str:
    """A language as those who speak it call it."""
    try:
        return SAID_BETTER.get(code) or (Locale.parse(code).get_display_name() or code).capitalize()
    except UnknownLocaleError:
        return code


class AddressField(forms.CharField):
    """A Norwegian mobile number or an e-mail address, in any digits; cleaned to an `Address`."""

    default_error_messages = {"invalid": ""}

    def clean(self, value: Any) -> Address:
        text = with_plain_digits(str(super().clean(value) or ""))
        try:
            if "@" in text:
                validate_email(text)
                return Address(Message.Channel.EMAIL, text)
            phone = read_phone(text)
        except (ValidationError, NotAPhoneNumber) as wrong:
            raise ValidationError(self.error_messages["invalid"], "invalid") from wrong
        if not MOBILE.match(phone):
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return Address(Message.Channel.SMS, phone)


class YearsField(forms.CharField):
    """Years of birth one after another, in any digits; cleaned to a list."""

    default_error_messages = {"invalid": ""}

    def clean(self, value: Any) -> list[int]:
        words = re.findall(r"[^\s,;.،፡/]+", with_plain_digits(str(super().clean(value) or "")))
        this_year = timezone.localdate().year
        years = [int(word) for word in words if re.fullmatch(r"\d{4}", word)]
        wanted = all(this_year - ADULT_FROM <= year <= this_year for year in years)
        if len(years) != len(words) or len(years) > MOST_CHILDREN or not wanted:
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return years


class JoinForm(PageForm):
    """What a family tells of itself. `words` are in its language; `now` nothing but the page is asked in it."""

    mark_optional = False  # that word is one of Django's catalogues, not of the family's language

    adult = GuardedField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    contact = AddressField(max_length=254, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "tel"}))
    language = forms.ChoiceField()
    interpreter = forms.BooleanField(required=False)
    children = YearsField(required=False, max_length=120)
    wish = GuardedField(required=False, max_length=500, widget=forms.Textarea(attrs={"rows": "3", "dir": "auto"}))
    protection = forms.ChoiceField(widget=forms.RadioSelect, initial="none")
    agree = forms.BooleanField()

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        for name, field in self.fields.items():
            field.label = self.label(name)
            field.help_text = "" if name == "interpreter" else self.told(f"{name}_help")
            field.error_messages |= {
                "required": words["choose" if isinstance(field, forms.ChoiceField) else "fill_in"],
                "invalid_choice": words["choose"],
                "max_length": words["too_long"],
            }
            field.validators = [own(check, words) for check in field.validators]
        self.fields["contact"].error_messages["invalid"] = words["contact_wrong"]
        self.fields["contact"].error_messages["required"] = words["contact_wrong"]
        self.fields["children"].error_messages["invalid"] = words["children_wrong"]
        self.fields["agree"].error_messages["required"] = words["agree_wrong"]
        self.fields["interpreter"].label = described(self.label("interpreter"), words["interpreter_help"])
        self.choices("protection", [(key, words[f"protection_{key}"]) for key in ("none", "confidential", STRICT)])
        self.spoken = [(code, own_name(code)) for code in SPOKEN_LANGUAGES if code != "other"]
        self.spoken.append(("other", words["another_language"]))
        self.choices("language", self.spoken)
        self.fields["language"].initial = words.language

    def choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    def told(self, name: str) -> str:
        """A text of the catalogue; "" when there is none by this name."""
        try:
            return self.words[name]
        except KeyError:
            return ""

    def label(self, name: str) -> Text:
        text = self.told(name)
        return text if self.fields[name].required or name == "interpreter" else f"{text} ({self.words['optional']})"

    def clean_adult(self) -> str:
        name: str = self.cleaned_data["adult"]
        if not any(sign.isalpha() for sign in name):
            raise ValidationError(self.words["fill_in"])
        return name

    def code_goes_to(self) -> Address:
        address: Address = self.cleaned_data["contact"]
        return address

    def answers(self) -> dict[str, Any]:
        """What is kept until the code is given: plain values, as `services.joining.register` reads them."""
        data = self.cleaned_data
        spoken, reached = data["language"], data["contact"]
        return {
            "name": last_word(data["adult"]),
            "adult": {
                "name": data["adult"],
                "phone": reached.value if reached.channel == Message.Channel.SMS else "",
                "email": reached.value if reached.channel == Message.Channel.EMAIL else "",
                "language": spoken if spoken in LETTER_LANGUAGES else self.words.language,
                "interpreter_language": spoken if data["interpreter"] else "",
            },
            "children": data["children"],
            "languages": [spoken],
            "protection": data["protection"],
            "reason": data["wish"],
            **self.source(),
        }

    def source(self) -> dict[str, str]:
        return {"source": "", "source_kind": SourceKind.SELF}


def own(check: Any, words: Words) -> Any:
    """The validator, with its complaint in the family's language."""

    def checked(value: Any) -> None:
        try:
            check(value)
        except ValidationError as wrong:
            name = "identity_wrong" if isinstance(value, str) and holds_identity_number(value) else "too_long"
            raise ValidationError(words[name]) from wrong

    return checked


class JoinForOtherForm(JoinForm):
    """The same, filled in by somebody at work who has no account: the code goes to her."""

    helper = GuardedField(max_length=60)
    helper_contact = AddressField(max_length=254, widget=forms.TextInput(attrs={"dir": "ltr"}))
    source_kind = forms.ChoiceField(
        choices=[("", "–"), *(choice for choice in SourceKind.choices if choice[0] != SourceKind.SELF)]
    )
    field_order = ["helper", "helper_contact", "source_kind"]
    LABELS = {
        "helper": _("Your name"),
        "helper_contact": _("Your own mobile number or e-mail"),
        "source_kind": _("Where do you meet the family?"),
        "adult": _("Name of an adult in the family"),
        "contact": _("The family's mobile number or e-mail"),
        "language": _("Language they are at home in"),
        "interpreter": _("They would like an interpreter"),
        "wish": _("Why would a larger network be good for them?"),
        "protection": _("Is the family's address protected?"),
        "agree": _("An adult in the family has said that it wants to be contacted"),
    }

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, words=words, **kwargs)
        self.fields["helper_contact"].error_messages["invalid"] = words["contact_wrong"]
        self.fields["helper_contact"].help_text = words["contact_help"]
        self.choices("language", [("", "–"), *self.spoken])
        self.fields["language"].initial = ""  # theirs, not that of whoever fills it in
        self.fields["contact"].help_text = self.fields["protection"].help_text = ""
        self.fields["agree"].error_messages["required"] = _(
            "Tick that the family wants to be contacted. Without that we cannot receive the referral."
        )
        self.fields["adult"].widget.attrs["autocomplete"] = self.fields["contact"].widget.attrs["autocomplete"] = "off"

    def label(self, name: str) -> Text:
        text = self.LABELS.get(name)
        if text is None:
            return super().label(name)
        return text if self.fields[name].required or name == "interpreter" else f"{text} ({self.words['optional']})"

    def code_goes_to(self) -> Address:
        address: Address = self.cleaned_data["helper_contact"]
        return address

    def source(self) -> dict[str, str]:
        data = self.cleaned_data
        return {"source": f"{data['helper']}, {data['helper_contact'].value}"[:120], "source_kind": data["source_kind"]}


class CodeForm(PageForm):
    """The six digits."""

    code = forms.CharField(
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = words["code"]
        field.error_messages |= {"required": words["fill_in"], "max_length": words["code_wrong"]}
        self.words = words

    def clean_code(self) -> str:
        digits = re.sub(r"[\s-]", "", with_plain_digits(self.cleaned_data["code"]))
        if not re.fullmatch(rf"\d{{{DIGITS}}}", digits):
            raise ValidationError(self.words["code_wrong"])
        return digits
