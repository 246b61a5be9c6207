"""What a family reads on pages without log-in, in its own language: a catalogue of its own, `locale/pages/`.

Plain and warm words. Django's catalogues hold the languages of the screens; these pages are for families, so they are
said in six languages of the letters, and a page never mixes two.
"""

from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from django.conf import settings

from web.languages import OWN_NAMES, direction

__all__ = ["LANGUAGES", "NAMES", "TEXTS", "Words"]


# Marked for the translators' tools by this name; English is the source.
def N_(text: str) -> str:
    return text


LANGUAGES = ("nb", "nn", "en", "uk", "ar", "ti")
NAMES = {code: OWN_NAMES[code] for code in LANGUAGES}
TEXTS = {
    "skip": N_("Skip to the content"),
    "languages": N_("Language"),
    "title": N_("Would you like to know more families?"),
    "lead": N_(
        "In SAMMEN, five or six families meet and do something nice together, here in %(place)s. It is free. "
        "You decide yourself whether you want to take part."
    ),
    "minutes": N_("It takes two minutes. Then a coordinator contacts you for a talk."),
    "optional": N_("optional"),
    "adult": N_("Your name"),
    "adult_help": N_("First name and surname. We only call adults."),
    "contact": N_("Mobile number or e-mail"),
    "contact_help": N_("We send a code to it, so that we know it is right."),
    "language": N_("Which language do you speak best?"),
    "another_language": N_("another language"),
    "interpreter": N_("I would like an interpreter"),
    "interpreter_help": N_("It is free. The interpreter is always an adult."),
    "children": N_("Which years were your children born?"),
    "children_help": N_("Only the years, for example 2016, 2019."),
    "wish": N_("What would you like to do with others?"),
    "wish_help": N_("A few words, in any language. Write nothing about health, and no identity number."),
    "protection": N_("Is your address protected?"),
    "protection_help": N_("Most people answer no. If it is, we take good care that nobody finds you."),
    "protection_none": N_("No"),
    "protection_confidential": N_("Yes, confidential (kode 7)"),
    "protection_strict": N_("Yes, strictly confidential (kode 6)"),
    "agree": N_("I am an adult, and you may contact me"),
    "for_other": N_("I fill it in for somebody else"),
    "send": N_("Send me a code"),
    "kept": N_("Only the coordinators in %(municipality)s read this. Without the code it is deleted after 24 hours."),
    "wrong": N_("Something must be put right"),
    "fill_in": N_("Fill in this field."),
    "choose": N_("Choose one."),
    "too_long": N_("This is too long. Write a little less."),
    "agree_wrong": N_("Tick here if you are an adult and we may contact you. Without your yes we cannot."),
    "contact_wrong": N_("Write a Norwegian mobile number with eight digits, or an e-mail address."),
    "children_wrong": N_("Write each year with four digits, for example 2016, 2019."),
    "identity_wrong": N_("There is an identity number in the text. Take it out: we do not keep those."),
    "code_title": N_("Write the code"),
    "code_lead": N_("We have sent six digits to %(address)s. The code works for 15 minutes."),
    "code": N_("The code"),
    "confirm": N_("Confirm"),
    "again": N_("Send a new code"),
    "again_sent": N_("A new code is on its way. The old one no longer works."),
    "back": N_("Change what I wrote"),
    "code_wrong": N_("That is not the code. Look once more."),
    "code_ended": N_("The code no longer works. Ask for a new one."),
    "done_title": N_("Thank you"),
    "done_lead": N_("We have received it. A coordinator in %(municipality)s contacts you within a week."),
    "done_more": N_("You do not have to do anything more. If you change your mind, just say so when we call."),
    "many_title": N_("Take a short break"),
    "many_lead": N_("That was many tries in a row. Try again later, or call %(municipality)s."),
    "strict_title": N_("Please call us instead"),
    "strict_lead": N_(
        "Nothing that you wrote is kept, so that your address stays safe. Call %(municipality)s, "
        "and we find a good way together."
    ),
}


@cache
def translations(language: str, domain: str = "pages") -> NullTranslations:
    """The catalogue of one language; English is the source."""
    if language == "en":
        return NullTranslations()
    compiled = Path(settings.BASE_DIR) / "locale" / domain / language / "LC_MESSAGES" / f"{domain}.mo"
    with compiled.open("rb") as file:
        return GNUTranslations(file)


class Words:
    """The texts of one language by name; in a template `{{ words.title }}`. Norwegian names in them are isolated."""

    texts: Mapping[str, str] = TEXTS
    domain = "pages"

    def __init__(self, language: str, **facts: str) -> None:
        self.language = language
        self.direction = direction(language)
        self.facts = {name: f"\u2068{fact}\u2069" if self.direction == "rtl" else fact for name, fact in facts.items()}

    def __getitem__(self, name: str) -> str:
        said = translations(self.language, self.domain).gettext(self.texts[name])
        return said % self.facts if "%(" in said else said
