"""Headings in any order and wording, bokmål, nynorsk or English: which column holds what."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from families.importing.texts import plain, text_of
from families.importing.workbook import Value

# Fields a column can hold, with the words that the page shows.
FIELDS = {
    "family": _("family name"),
    "adult": _("adult"),
    "adult_first": _("adult, first name"),
    "adults": _("several adults"),
    "phone": _("phone"),
    "email": _("e-mail"),
    "children": _("children"),
    "child_year": _("children's ages or years of birth"),
    "child_count": _("number of children"),
    "languages": _("languages"),
    "interpreter": _("interpreter"),
    "address": _("address"),
    "postcode": _("postcode"),
    "place": _("place"),
    "source": _("referred by"),
    "referred_on": _("date of the referral"),
    "can_meet": _("when they can meet"),
    "food": _("food needs"),
    "access": _("access needs"),
    "transport": _("needs a lift"),
    "contributes": _("likes to contribute"),
    "remarks": _("remarks"),
    "agreed": _("has agreed to be contacted"),
    "agreed_on": _("day they agreed to be contacted"),
    "protection": _("protected address"),
    "identity": _("identity number: never read"),
    "number": _("running number: left out"),
    "": _("not understood: left out"),
}
CHILD = r"\b(barn\w*|born\w*|ung(e|ar|er|ane|ene)|kids?|child\w*|søsken|sysken|son|sønn\w*|dotter|datter\w*)\b"
YEAR = r"alder|aldrar|fødsel|fødd|født|fødeår|\bår\b|\bages?\b|birth|\bborn\b|\byear"
NAME = r"navn|namn|name"
# The first that fits decides: the more telling words stand before the general ones.
PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "identity",
        r"fødselsn|fødsels og person|personn|\bfnr\b|\bpnr\b|\bd ?n(umme)?r\b|\bduf\b|identity n|(national|personal) id"
        r"|\bid ?(nummer|nr|number|no)\b|\bssn\b|11 siffer",
    ),
    # When an adult was born is nothing we keep.
    ("", r"(fødsel\w*|født|fødd|birth|alder|\bage).*\b(mor|far|foresatt|forelder|mother|father|parent|adult)\b"),
    (
        "",
        r"\b(mors?|fars?|foresatt\w*|forelder|mother|father|parent|adult)\b.*(fødsel\w*da|født|fødd|birth|alder|\bage\b)",
    ),
    # Nor is who somebody is to the authorities, or how many adults there are.
    ("", r"(antall|ant|tal på|number of|how many) (voks|vaks|adult|foresatt|foreldre|personer)|(land|etnisk) ?bakgr"),
    ("number", r"^$|^(nr|no|nummer|number|id|lnr|løpenr|løpenummer|løpenr\w*|rad|row|n)$"),
    (
        "agreed_on",
        r"(dato|date|når|when).*(samtyk|consent|sagt ja|agreed|said yes)|(samtyk\w*|consent|agreed) ?(dato|date|on)",
    ),
    (
        "agreed",
        r"sagt ja|seier ja|sier ja|samtyk|consent|agree|said yes|says yes|kan kontaktes|kan kontaktast"
        r"|bli kontakt|verte kontakt|be contacted|to contact|(ønsker|ønskjer|ynskjer|vil ha|godtar|godtek) kontakt"
        r"|wants? contact|ja nei|yes no|nei ja|(takket|takka|sa|svart) ja|godkjent|ja til|yes to|kontaktes|kontaktast"
        r"|\bok (for )?(å|to|at)\b|^ok$|kontakt (er )?ok|\bok (å )?kontakt"
        r"|kan (vi|eg|jeg|dere|de) (ringe|ta kontakt|kontakt)"
        r"|\b(greit|fint|lov|ok|i orden|går bra) (for \w+ )?(at|om|å|hvis|viss) "
        r"((vi|eg|jeg|noen|nokon) )?(ring|kontakt|tar? kontakt)"
        r"|\b(fine|all right|alright|okay) (if|that) we (call|contact|ring)"
        r"|kan ta kontakt|may we|can we (call|contact)|ok to (call|ring)|permission|tillatelse|løyve til|aksept|accept"
        r"|interess?ert|^interested|(vil|ønsker å|ønskjer å|ynskjer å|lyst til å) (delta|være med|vere med|bli med)"
        r"|wants? to (join|take part|be)|(spurt|spurd) og|klarert med|motivert|^ja$|^yes$|opt in",
    ),
    (
        "protection",
        r"^kode$|^code$|kode ?[67]|code ?[67]|sperr|gradering|skjerm|beskytt|hemmele?g|hemmelig|protect|^fortrolig"
        r"|fortrolig adr|confidential|sikkerhet|tryggleik|trusse?l",
    ),
    (
        "source",
        r"(henv\w*|tilv\w*|meldt|refer\w*|rekruttert|sendt|kommer|tipset|tipsa|hentet|henta|kontaktet|kontakta)"
        r" ?(inn )?(fra|frå|av|from|by|instans\w*|gjennom|via)"
        r"|^henviser$|^tilvis[ae]r$|where from|^fra( hvem)?$|^frå( kven)?$|henvisende|tilvisande|avsender|avsendar"
        r"|referr(er|ing)|kilde|kjelde|source|instans|agency|etat"
        r"|tjeneste|teneste|hvem .*henv|kven .*tilv|who referred",
    ),
    (
        "child_count",
        rf"(antall|tal på|number of|no of|how many|hvor mange|kor mange|ant|#) ?{CHILD}|^# ?{CHILD}",
    ),
    ("children", rf"({NAME}).*({CHILD})|({CHILD}).*({NAME})"),
    ("child_year", r"fødselsdat|fødselsår|fødeår|birth ?da|birth ?year|date of birth|year of birth|^født$|^fødd$"),
    (
        "referred_on",
        r"dato|date|^(henvist|tilvist|meldt|innmeldt|registrert|mottatt|motteke|referred|received|registered)\b"
        r"|når henv|^dag$|^day$",
    ),
    ("interpreter", r"tolk|interpret"),
    ("languages", r"språk|mål\b|language|tongue|snakker|snakkar|speak|spoken"),
    ("email", r"e ?post|e ?mail|mail|epost|^@$"),
    (
        "child_year",
        rf"({CHILD}).*({YEAR})|({YEAR}).*({CHILD})|^alder\w*$|^ages?$|^fødselsår$|^fødeår$|^years? of birth$"
        rf"|^birth years?$",
    ),
    ("children", CHILD),
    (
        "phone",
        r"mobil|telefon|ringes|ringast|å ringe|^ring$|tlf|phone|\btel\b|\bmob\b|\bcell|kontaktnummer|kontaktnr"
        r"|contact (number|no)\b|\bsms\b|^kontakt(info\w*)?$|^contact( details| info)?$",
    ),
    ("postcode", r"post ?n|post ?code|postal|zip"),
    ("address", r"adresse|address|\badr\b|\bgate\b|gateadr|street|bor hvor|\bbor\b|\bbur\b|lives|bopel"),
    (
        "place",
        r"poststed|poststad|^sted$|^stad$|^place$|^city$|^town$|^by$|bosted|bustad|kommune|municipality|tettsted|bydel"
        r"|^område$|^area$|grend",
    ),
    ("transport", r"skyss|transport|\blift\b|\bride\b|henting|kjøring"),
    ("food", r"\bmat|allerg|kosthold|\bkost|diet|food|eats|spiser"),
    ("access", r"tilrettelegg|tilgjenge|accessib|access need|fysiske behov|framkom|fremkom"),
    ("contributes", r"bidra|contribut|can (offer|help)|kan (tilby|hjelpe|hjelpa)|ressurs"),
    (
        "can_meet",
        r"kan møt|kan treff|can meet|kan komme|når|when|passer|passar|høver|availab|tidspunkt|\btider\b|\bdager?\b"
        r"|\bdagar\b|\bdays\b|\btimes?\b|ukedag|vekedag|ledig",
    ),
    (
        "remarks",
        r"merk|komment|notat|note|behov|need|remark|comment|annet|\banna\b|\bother\b|info|ønske|ynskje|wish|hvorfor"
        r"|kvifor|why|begrunn|utfyll|hensyn|omsyn|\bobs\b|fritekst|huske|særskil"
        r"|grunngj|reason|årsak|diverse|situasjon|beskriv|describ|descr|beskjed|bakgrunn|mer om|meir om|about"
        r"|opplysning",
    ),
    (
        "adults",
        r"foreldre\b|føresette\b|foresatte\b|voksne|vaksne|\bparents\b|\bguardians\b|\badults\b|\bcarers\b"
        r"|mor (og|/) far|mor far|omsorgspersoner",
    ),
    ("adult_first", r"fornavn|førenamn|first ?name|given ?name"),
    ("family", r"famil|etternavn|etternamn|surname|last ?name|husstand|household|slekts|hushald"),
    (
        "adult",
        r"foresatt|føresett|forelder|\bmor\b|\bmors\b|\bfar\b|\bfars\b|mother|father|\bmum\b|\bmom\b|\bdad\b"
        r"|parent|guardian|voks"
        r"|vaks|adult|carer|caregiver|kontaktperson|contact person|hovedkontakt|navn|namn|\bname|omsorg|partner"
        r"|ektefelle|samboer|spouse|\bverge\b",
    ),
)
# What a column holds is never said otherwise where that would let a protected address or an identity number pass.
FIXED = {"protection", "identity"}
MOST_ADULTS = 3
SECOND = re.compile(
    r"\b(2|to|ii|two|far|fars|father|fathers|dad|andre|second|other|partner\w*|ektefelle\w*|samboer\w*|spouse\w*)\b"
)
NUMBERED = re.compile(r"(?<!\d)(\d)(?!\d)")
PEOPLE = {"adult", "adult_first", "phone", "email"}
SEARCHED_ROWS = 40


@dataclass(frozen=True)
class Column:
    """A column: what it is headed, what it holds ("" not understood), and of which adult or child (1, 2 …)."""

    position: int
    heading: str
    field: str
    person: int = 0

    @property
    def meaning(self) -> str:
        words = str(FIELDS[self.field])
        return f"{words} {self.person}" if self.person else words

    @property
    def code(self) -> str:
        """What it holds as a form says it: «phone:2», «children», «» for left out."""
        return f"{self.field}:{self.person}" if self.field in PEOPLE else self.field

    def name(self, sheet: str) -> str:
        """How a correction names it."""
        return f"{sheet}!{self.position}"


def codes() -> list[tuple[str, str]]:
    """Everything that somebody can say a column holds."""
    people = [(field, person) for field in FIELDS if field in PEOPLE for person in range(1, MOST_ADULTS + 1)]
    found = [(f"{field}:{person}", Column(0, "", field, person).meaning) for field, person in people]
    plain_ones = [field for field in FIELDS if field not in {*PEOPLE, *FIXED, "number", ""}]
    return [("", str(FIELDS[""])), *found, *((field, str(FIELDS[field])) for field in plain_ones)]


def corrected(sheet: str, columns: Sequence[Column], meanings: Mapping[str, str]) -> list[Column]:
    """The columns after what somebody said of them: «phone:2» by «Sheet!3». What cannot be said is as if unsaid."""
    allowed = {code for code, _words in codes()} | {"protection"}
    changed = []
    for column in columns:
        code = meanings.get(column.name(sheet), column.code)
        if code == column.code or code not in allowed or column.field in FIXED:
            changed.append(column)
            continue
        field, _colon, person = code.partition(":")
        changed.append(replace(column, field=field, person=int(person or 0)))
    return changed


def field_of(heading: str) -> str:
    """What a heading stands for, "" when nothing we know."""
    words = plain(heading)
    return next((field for field, pattern in PATTERNS if re.search(pattern, words)), "")


def understood(headings: Sequence[str]) -> list[Column]:
    """Each heading's column. A heading that comes again belongs to the next adult or child."""
    columns: list[Column] = []
    for position, heading in enumerate(headings):
        field = field_of(heading) if heading else ""
        columns.append(Column(position, heading, field, numbered(heading, field)))
    taken: set[tuple[str, int]] = set()
    for place, column in enumerate(columns):
        if column.field in PEOPLE:
            person = column.person or 1
            # «Mother» and «Father» where neither has a number; «Phone» twice: the second is the second adult's.
            while not column.person and (column.field, person) in taken:
                person += 1
            taken.add((column.field, person))
            columns[place] = replace(column, person=person)
        elif column.field in {"children", "child_year"} and column.person == 0:
            person = 0
            while (column.field, person) in taken:
                person += 1
            taken.add((column.field, person))
            columns[place] = replace(column, person=person)
    return columns


def numbered(heading: str, field: str) -> int:
    """Which adult or child a heading names: «Forelder 2», «Fars mobil», «Barn 3»; 0 when it does not say."""
    words = plain(heading)
    found = NUMBERED.search(words)
    if field in PEOPLE:
        if found:
            return int(found[1])
        if re.search(r"\b(mor|mors|mother|mothers|mum|mom)\b", words):
            return 1
        return 2 if SECOND.search(words) else 0
    if field in {"children", "child_year"}:
        return int(found[1]) if found else 0
    return 0


def find_headings(rows: Sequence[tuple[int, tuple[Value, ...]]]) -> tuple[int, list[Column]] | None:
    """The number of the row that holds the headings, and the columns; None when no row looks like one."""
    best: tuple[int, int, list[Column]] | None = None
    above: tuple[Value, ...] = ()
    for number, values in rows[:SEARCHED_ROWS]:
        headings = [heading_text(value) for value in values]
        columns = understood(with_groups(above, headings))
        known = {(column.field, column.person) for column in columns if column.field}
        fields = {field for field, _person in known}
        if (
            len(known) >= 3
            and fields & {"family", "adult", "adults", "adult_first", "phone"}
            and is_heading(headings, known)
            # A later line must be clearly better: a family's own words may look like headings too.
            and (best is None or len(known) > best[0] + 2)
        ):
            best = (len(known), number, columns)
        above = values
    return (best[1], best[2]) if best else None


def heading_text(value: Value) -> str:
    text = text_of(value).replace("\n", " ")
    return text if len(text) <= 80 else ""


def is_heading(headings: Sequence[str], known: set[tuple[str, int]]) -> bool:
    """Most of its cells name something; a family's row has words too, but few that are headings."""
    return 2 * len(known) >= len([heading for heading in headings if heading])


def with_groups(above: tuple[Value, ...], headings: list[str]) -> list[str]:
    """Two lines of headings: «Forelder 1» over «Navn», «Mobil». The upper one goes before the lower."""
    upper = [heading_text(value) for value in above]
    if len([text for text in upper if text]) < 2 or len(upper) > len(headings):
        return headings
    if not any(numbered(text, "adult") or re.search(CHILD, plain(text)) for text in upper):
        return headings
    carried, group = [], ""
    for position, heading in enumerate(headings):
        group = (upper[position] if position < len(upper) else "") or group
        carried.append(f"{group} {heading}".strip() if heading else group)
    return carried
