"""Children as people list them: by name, age, year, date, or just «baby»."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from families.importing.dates import ISO, NORWEGIAN, date_in
from families.services.referrals import NewChild

COUNTS = {
    word: count
    for count, words in enumerate(
        (
            "ett et en ei one",
            "to two",
            "tre three",
            "fire four",
            "fem five",
            "seks six",
            "sju syv seven",
            "åtte eight",
            "ni nine",
            "ti ten",
        ),
        start=1,
    )
    for word in words.split()
}
CHILD_WORDS = r"barn|born|barna|ungar|unger|children|child|kids|kid|gutter|gutar|jenter|boys|girls"
COUNT = re.compile(rf"^(?P<count>\d{{1,2}}|{'|'.join(COUNTS)})\s+(?:små\s+)?(?:{CHILD_WORDS})\b[\s:,.–-]*", re.I)
NONE = re.compile(rf"^(ingen|inga|none|no|0|nei)(\s+({CHILD_WORDS}))?\b.*$", re.I)
BETWEEN = re.compile(r"[,;\n/&+،؛、]|\bog\b|\band\b|\bsamt\b", re.I)
# «1 år og 6 mnd» is one age; «fem år» is one too.
AND_MONTHS = re.compile(
    r"(\d{1,2})\s*(?:år|years?|yrs?)\s*(?:og|and|,)?\s*\d{1,2}\s*(?:mnd|md|måned\w*|månad\w*|months?)\b\.?", re.I
)
IN_WORDS = re.compile(rf"\b({'|'.join(COUNTS)})\s*-?\s*(?=år\b|åring|years?\b)", re.I)
BORN_IN_MONTH = re.compile(
    r"\b(født|fødd|born|f\.?)\s+(?:i\s+)?(?:jan|feb|mars?|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|de[sc])[^\W\d_]*\.?\s+(?=\d{4})",
    re.I,
)
# «(hos far)» and «bor hos far» tell something, but are no name.
ASIDE = re.compile(r"\([^()\d]*\)")
ZIPPED = re.compile(r"^(?P<names>[^()\d]+)\((?P<whens>[^()]*\d[^()]*)\)\W*$")
BABY = re.compile(r"\b(baby\w*|nyfødt\w*|nyfødd\w*|spedbarn\w*|newborn|infant)\b", re.I)
TWINS = re.compile(r"\b(tvilling\w*|twins?)\b", re.I)
MONTHS = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?P<unit>mnd|md|måned\w*|månad\w*|months?|uker|veker|weeks?)\b\.?(\s*(gammel|gamal|old))?",
    re.I,
)
YEAR = re.compile(
    r"(?:\b(?:f|b|født|fødd|fødselsår|born)\b\.?\s*(?:i|in)?\s*|-\s*)?(?<!\d)(19[89]\d|20\d\d)(?!\d)", re.I
)
SHORT_YEAR = re.compile(
    r"(?:\b(?:f|b|født|fødd|born)\b\.?\s*(?:i\s+)?['’´`–-]?|['’´`])(\d{2})(?!\d|\s*(?:år|mnd))", re.I
)
# «Emil -12» is twelve years old, or born in 2012.
DASHED = re.compile(r"(?<=\s)[-–](\d{2})(?!\d|\s*(?:år|mnd))")
AGE = re.compile(
    r"(?<![\d.])(\d{1,2})(?:[,.]5|\s*½|\s1/2)?\s*-?\s*(?P<unit>åringar|åringer|åring|år|års|years?|yrs?|yo|y|سنوات|سنة|سنين|років|роки|рік|лет|года|год|ዓመት)\b\.?(\s*(gammel|gamal|old))?",
    re.I,
)
BARE = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
SCHOOL = re.compile(r"\b\d+\.?\s*(klasse|trinn|steg|grade)\b|\b(klasse|trinn|grade)\b", re.I)
ABOUT = re.compile(r"\b(ca|cirka|circa|omtrent|about|around|rundt)\b\.?|~", re.I)
# Words that are no name.
KINDS = re.compile(
    r"\b(barn|born|barnet|gutt|gut|jente|boy|girl|gutter|gutar|jenter|boys|girls|child|kid|alder|age|aged|født|fødd|born"
    r"|fødselsår|år)\b\.?",
    re.I,
)
LOWER_KINDS = re.compile(r"\b(sønn|son|datter|dotter|daughter|f|b|ei|en|et|ett|eitt|one|på|er|is)\b\.?")
OLDEST = 25
GROWN = 18


@dataclass
class Children:
    """The children; `unsure` when something in the list could not be read."""

    children: list[NewChild] = field(default_factory=list)
    unsure: bool = False


def read_children(text: str, on: date, count: int | None = None) -> Children:
    """The children in a cell. Ages are those on the day of the referral, and become years of birth, «about»."""
    if not text or NONE.match(text):
        return Children(unnamed(count or 0)) if not text else Children()
    rest = BORN_IN_MONTH.sub(r"\1 ", AND_MONTHS.sub(r"\1 år", with_years_for_dates(text)))
    rest = IN_WORDS.sub(lambda found: f"{COUNTS[found[1].casefold()]} ", rest)
    if found := COUNT.match(rest):
        number = found["count"].casefold()
        count = int(number) if number.isdigit() else COUNTS[number]
        rest = rest[found.end() :]
    if not re.search(r"[^\W_]", rest):
        return Children(unnamed(count or 0))
    if re.fullmatch(r"\d{1,2}", rest.strip()) and not count:
        return Children(unsure=True)  # how many, or how old?
    read = listed(rest, on)
    if count and not any(child.name for child in read.children) and len(read.children) != count:
        read.unsure = True
    return read


def listed(text: str, on: date) -> Children:
    """Names and ages in any order: an age alone belongs to the first name that has none yet."""
    result = Children()
    waiting: list[int] = []
    alone = 0
    for part in pieces_of(text):
        piece = TWINS.sub(" ", part)
        if is_aside(piece):
            result.unsure = True
            continue
        child, unsure = one_child(piece, on)
        result.unsure |= unsure
        if piece != part and not child.name:  # twins without names
            result.children += [child, child]
        elif child.name or BABY.search(piece) or not waiting:
            if child.name and child.birth_year is None and not unsure:
                waiting.append(len(result.children))
            if child != NewChild() or unsure or KINDS.search(piece):
                result.children.append(child)
        else:
            alone += 1
            place = waiting.pop(0)
            result.children[place] = NewChild(result.children[place].name, child.birth_year, child.about)
    # «Ali, Sara, 5»: whose age is it?
    result.unsure |= bool(alone and waiting)
    return result


def pieces_of(text: str) -> list[str]:
    """One piece a child, where the list says where one ends."""
    if found := ZIPPED.match(text):
        names = [name for name in BETWEEN.split(found["names"]) if name.strip()]
        whens = [when for when in BETWEEN.split(found["whens"]) if when.strip()]
        if len(whens) == 2 and TWINS.search(found["whens"]):
            whens = [when for when in whens if not TWINS.search(when)] * len(names)  # «Sara og Ali (tvillinger, 6 år)»
        if len(names) == len(whens) > 1:
            unit = " år" if AGE.search(whens[-1]) and not AGE.search(whens[0]) else ""
            return [f"{name} {when}{'' if AGE.search(when) else unit}" for name, when in zip(names, whens, strict=True)]
    if all(re.match(r"\s*\d.*[^\W\d_]", piece) for piece in BETWEEN.split(text)):
        return [piece.strip() for piece in BETWEEN.split(text)]  # «2017 Emil, 2019 Nora»
    # «Emil 2017 Nora 2019», «Bilen (8) Ruta (5)», «Emil 8 år Nora 5 år»
    text = re.sub(r"((?<!\d)\d{4}\)?|\)|\d\s*år)[ .]+(?=[^\W\d_])(?!år|gammel)", r"\1\n", text)
    text = re.sub(r"(\d),5(?=\s*år)", r"\1", text)
    text = re.sub(r"(\d)\s*(?:½|1/2)", r"\1", text)
    return [piece.strip() for piece in BETWEEN.split(text) if piece.strip(" .()-–:")]


def one_child(piece: str, on: date) -> tuple[NewChild, bool]:
    """The child of a piece, and whether something of it could not be read."""
    about = bool(ABOUT.search(piece))
    piece = ABOUT.sub(" ", piece)
    told = [aside for aside in ASIDE.findall(piece) if is_aside(aside.strip("()"))]
    for aside in told:
        piece = piece.replace(aside, " ")
    if SCHOOL.search(piece):
        return NewChild(name_in(SCHOOL.sub(" ", piece))), True
    year, rest, from_age = when_born(piece, on)
    name = name_in(rest)
    unsure = bool(re.search(r"\d", rest)) or bool(told)
    if year is not None and not on.year - OLDEST <= year <= on.year + 1:
        year, unsure = None, True
    return NewChild(name, year, (about or from_age) and year is not None), unsure


def is_aside(text: str) -> bool:
    """Words that tell something, but of no child's name: several, and none of them begins as names do."""
    words = name_in(text).split()
    return len(words) > 1 and not re.search(r"\d", text) and all(word[:1].islower() for word in words)


def when_born(piece: str, on: date) -> tuple[int | None, str, bool]:
    """Year of birth, the rest of the piece, and whether an age told it."""
    if found := YEAR.search(piece):
        return int(found[1]), cut(piece, found), False
    if found := MONTHS.search(piece):
        days = 7 if found["unit"][0].casefold() in "uvw" else 30
        return (on - timedelta(days=days * int(found[1]))).year, cut(piece, found), True
    if found := SHORT_YEAR.search(piece):
        return 2000 + int(found[1]), cut(piece, found), False
    if found := AGE.search(piece):
        return on.year - int(found[1]), cut(piece, found), True
    if found := BABY.search(piece):
        return on.year, cut(piece, found), True
    if DASHED.search(piece):
        return None, piece, False
    # From 18 on, a bare number may be an age as well as a year: «Emil 18».
    if (found := BARE.search(piece)) and int(found[1]) < GROWN:
        return on.year - int(found[1]), cut(piece, found), True
    return None, piece, False


def cut(piece: str, found: re.Match[str]) -> str:
    return f"{piece[: found.start()]} {piece[found.end() :]}"


def name_in(text: str) -> str:
    words = LOWER_KINDS.sub(" ", KINDS.sub(" ", BABY.sub(" ", text)))
    words = re.sub(r"[\d()\[\]:=?.]", " ", words)
    return re.sub(r"\s+", " ", words).strip(" -–'’,")


def with_years_for_dates(text: str) -> str:
    """Only the year of a date is kept of a child."""

    def year_of(found: re.Match[str]) -> str:
        day = date_in(found.group())
        return f" {day.year} " if day else found.group()

    text = ISO.sub(year_of, text)
    return NORWEGIAN.sub(lambda found: year_of(found) if found[3] or found[4] else found.group(), text)


def unnamed(count: int) -> list[NewChild]:
    return [NewChild()] * min(count, 15)
