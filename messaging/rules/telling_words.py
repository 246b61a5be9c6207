"""Words that tell too much about a family to whoever looks over its shoulder at the phone."""

import re
from collections.abc import Iterable

# Beginnings of words, in the languages that staff write.
BEGINNINGS = (
    "nav, barnevern, flyktning, innvandrer, asyl, sosialkontor, sosialtjenest, sosialhjelp, krisesenter, "
    "helsestasjon, psykisk, psykiat, diagnos, rus, vold, politi, fengsel, sykdom, sjukdom, gjeld, fattig, skilsmisse, "
    "henvis, tilvis, saksbehandl, klient, vedtak, refugee, welfare, asylum, social services, "
    "violence, referral, referred, police, prison, debt, poverty, divorce"
)
WHOLE = {"nav", "rus"}  # short ones that many other words begin with
FOUND = re.compile(
    r"\b(?:"
    + "|".join(
        re.escape(word) + (r"\b" if word in WHOLE else r"\w*")
        for word in (each.strip() for each in BEGINNINGS.split(","))
    )
    + ")",
    re.IGNORECASE,
)


def telling_words(text: str, names: Iterable[str] = ()) -> list[str]:
    """What in the text had better not be there, each once, as it was written; `names`: of families and children."""
    found = [match.group() for match in FOUND.finditer(text)]
    for name in names:
        if len(name) > 1 and (match := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)):
            found.append(match.group())
    return list(dict.fromkeys(found))
