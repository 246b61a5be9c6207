"""The languages families speak and read, by the codes that the whole product uses."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Languages in which a letter can be written (twelve by model.md; the catalogue of letters says which are ready).
LETTER_LANGUAGES = {
    "nb": _("Norwegian, bokmål"),
    "nn": _("Norwegian, nynorsk"),
    "en": pgettext_lazy("a language", "English"),
    "ar": _("Arabic"),
    "uk": _("Ukrainian"),
    "ti": _("Tigrinya"),
    "so": _("Somali"),
    "fa_AF": _("Dari"),
    "ps": _("Pashto"),
    "pl": _("Polish"),
    "tr": _("Turkish"),
    "kmr": _("Kurdish, Kurmanji"),
}
# As those who speak them call them.
OWN_NAMES = {
    "nb": "Bokmål",
    "nn": "Nynorsk",
    "en": "English",
    "ar": "العربية",
    "uk": "Українська",
    "ti": "ትግርኛ",
    "so": "Soomaali",
    "fa_AF": "دری",
    "ps": "پښتو",
    "pl": "Polski",
    "tr": "Türkçe",
    "kmr": "Kurmancî",
}
# Further languages spoken at home; letters to these families go in one they also read.
SPOKEN_LANGUAGES = LETTER_LANGUAGES | {
    "am": _("Amharic"),
    "bs": _("Bosnian, Croatian, Serbian"),
    "ckb": _("Kurdish, Sorani"),
    "da": _("Danish"),
    "de": _("German"),
    "es": _("Spanish"),
    "fa": _("Persian"),
    "fr": _("French"),
    "ro": _("Romanian"),
    "ru": _("Russian"),
    "sv": _("Swedish"),
    "sw": _("Swahili"),
    "th": _("Thai"),
    "tl": _("Tagalog"),
    "ur": _("Urdu"),
    "vi": _("Vietnamese"),
    "zh": _("Chinese"),
    "other": _("another language"),
}

# Written from the right, of all that may be spoken at home: the one list of them.
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "fa_AF", "ps", "ur"})


def direction(language: str) -> str:
    """As the attribute `dir` says it."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def tag(language: str) -> str:
    """As the attribute `lang` says it (BCP 47)."""
    return language.replace("_", "-")
