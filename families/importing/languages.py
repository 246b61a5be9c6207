"""Languages as people name them, by the codes of the whole product."""

import re

from families.importing.texts import plain

NAMES = {
    "nn": "nynorsk",
    "nb": "norsk bokmål norwegian norw norskspråklig norske",
    "en": "engelsk english eng engelskspråklig",
    "ar": "arabisk arabic arab عربي العربية",
    "uk": "ukrainsk ukrainian ukr українська",
    "ti": "tigrinja tigrinya tigrinia tigrigna ትግርኛ",
    "so": "somali somalisk somalia soomaali",
    "fa_AF": "dari دری",
    "ps": "pashto pashtu pasjto pushto",
    "pl": "polsk polish polski",
    "tr": "tyrkisk turkish türkçe",
    "kmr": "kurmanji kurmandji kurmanci",
    "ckb": "sorani",
    "am": "amharisk amharic amhari አማርኛ",
    "bs": "bosnisk kroatisk serbisk bosnian croatian serbian serbokroatisk",
    "da": "dansk danish",
    "de": "tysk german",
    "es": "spansk spanish español",
    "fa": "persisk farsi persian فارسی",
    "fr": "fransk french français",
    "ro": "rumensk romanian",
    "ru": "russisk russian русский",
    "sv": "svensk swedish",
    "sw": "swahili",
    "th": "thai thailandsk",
    "tl": "tagalog filippinsk filipino",
    "ur": "urdu",
    "vi": "vietnamesisk vietnamese",
    "zh": "kinesisk chinese mandarin kantonesisk cantonese",
}
CODES = {name: code for code, names in NAMES.items() for name in names.split()}
# Words around a language that name none.
FILLING = set(
    (
        "og and litt noe noko some little a bit of med with samt også men but pluss hjemme heime home at in på i "
        "språk language languages morsmål mest mostly mainly flytende fluent godt good bra dårlig ikke no snakker "
        "speaks speak best både begge both or eller barna barn far mor går fint ok fine kurdisk kurdish ja yes "
        "trenger needs tolk"
    ).split()
)


def read_languages(text: str) -> list[str]:
    """Codes in the order they are named; "other" stands for each language that we do not know."""
    codes: list[str] = []
    for piece in re.split(r"[,;/+&\n،؛]|\bog\b|\band\b", text.casefold()):
        words = plain(piece).split()
        found = [
            CODES[word]
            for before, word in zip(["", *words], words, strict=False)
            if word in CODES and before not in {"ikke", "ikkje", "not", "no"}
        ]
        if "nn" in found and "nb" in found:  # «norsk (nynorsk)»
            found.remove("nb")
        if not found and any(word in {"kurdisk", "kurdish"} or word not in FILLING for word in words):
            found = ["other"]
        codes += [code for code in found if code not in codes]
    return codes
