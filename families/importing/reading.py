"""From a row's cells to a draft of a family."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext

from families.importing.adults import Adult, split_adults, surname_of, without_role
from families.importing.children import Children, read_children
from families.importing.columns import Column
from families.importing.contacts import read_contacts
from families.importing.dates import date_in, read_date
from families.importing.drafts import Draft, Word
from families.importing.languages import read_languages
from families.importing.protection import unclear_protection
from families.importing.remarks import HEALTH, Remark, holds_number, read_remark, without_numbers
from families.importing.texts import folded, looks_like_formula, plain, text_of
from families.importing.workbook import Formula, Value

YES = re.compile(
    r"^(ja|jo|jepp|javisst|yes|yep|ok|okay|oui|x|✓|✔|☑|true|sann|1|j|y|enig|samtykker|samtykkjer|agreed"
    r"|har sagt ja|sagt ja)(?![^\W\d_])",
    re.I,
)
NO = re.compile(r"^(nei|no|nope|ikke|ikkje|ingen|inga|none|false|usann|0|n)(?![^\W\d_])", re.I)
YES_UNSURE = re.compile(r"\b(kanskje|maybe|perhaps|men |but |ikke|ikkje|not|usikker|unsure|snart|\?)|\?", re.I)
POSTCODE = re.compile(r"^(?:N-|NO-)?(\d{4})\s+(\D+)$", re.I)
# As long as the columns of the tables.
LONGEST = {"name": 150, "address": 150, "postcode": 10, "place": 80, "source": 120, "can_meet": 200}
FREE_TEXT = ("remarks", "food", "access", "contributes", "can_meet", "transport")
# Cells that are names, places and languages, and nothing else.
PLAIN = frozenset("family adult adult_first adults address postcode place languages interpreter".split())
STREET = re.compile(r"\w*(vei|veg|gat[ea]|all[eé]|plass|torg)\w*", re.I)  # «Sykehusveien 2» says nothing of health
MOST_CHILDREN = 20


class Cells:
    """A row by field: texts are already without identity numbers, which leave a question behind."""

    def __init__(self, columns: Sequence[Column], values: Sequence[Value], draft: Draft) -> None:
        self.columns, self.values, self.draft = columns, values, draft
        self.texts = [self.guarded(column, self.value(column)) for column in columns]

    def value(self, column: Column) -> Value:
        return self.values[column.position] if column.position < len(self.values) else None

    def guarded(self, column: Column, value: Value) -> str:
        """The cell's text, unless it is a formula; cut where an identity number stands."""
        text = text_of(value)
        if column.field in {"number", ""} and not isinstance(value, str) and len(text) < 10:
            return ""
        if holds_number(text) or (column.field == "identity" and len(re.findall(r"\d", text)) > 5):
            if column.field in FREE_TEXT:
                return text  # read_remark keeps the plain needs beside it
            self.ask_number(column)
            return "" if column.field in {"identity", "", "number"} else without_numbers(text)
        if column.field in {"number", "", "identity"}:
            return ""
        if isinstance(value, Formula) or looks_like_formula(text):
            self.draft.ask(
                Word.WITHOUT_REMARK if column.field in FREE_TEXT else Word.WITHOUT_CELL,
                column.heading,
                gettext("There is a formula or an error in the cell. Formulas are not worked out."),
            )
            return ""
        if column.field in PLAIN and HEALTH.search(STREET.sub("", text)):
            ask_health(self.draft, column.heading, Word.WITHOUT_CELL)
            return ""
        return text

    def ask_number(self, column: Column) -> None:
        self.draft.ask(
            Word.WITHOUT_REMARK if column.field in FREE_TEXT else Word.WITHOUT_NUMBER,
            column.heading,
            gettext("There is an identity number in the row. We do not keep those."),
        )

    def all(self, *fields: str) -> Iterator[tuple[Column, str]]:
        """The filled cells of these fields, in the sheet's order."""
        for column, text in zip(self.columns, self.texts, strict=True):
            if column.field in fields and text:
                yield column, text

    def first(self, field: str) -> str:
        return next((text for _, text in self.all(field)), "")

    def heading(self, *fields: str) -> str:
        return next((column.heading for column in self.columns if column.field in fields), "")


def read_family(columns: Sequence[Column], values: Sequence[Value], today: date) -> Draft:
    """The draft of one row. Questions stand in it; what they are about does not."""
    draft = Draft()
    cells = Cells(columns, values, draft)
    read_referral(cells, draft, today)
    read_adults(cells, draft)
    read_names(cells, draft)
    read_children_of(cells, draft)
    read_home(cells, draft)
    read_speech(cells, draft)
    read_remarks(cells, draft)
    read_agreement(cells, draft)
    read_protection(cells, draft)
    measure(cells, draft)
    draft.headings = {column.field: column.heading for column in reversed(columns)}
    draft.identity = (
        plain(draft.name),
        # Sorted: columns in another order tell of the same family.
        *sorted(plain(text) for _, text in cells.all("adult", "adult_first", "adults")),
        *sorted(draft.phones or [plain(text) for _, text in cells.all("phone")]),
        *sorted(draft.emails),
        *sorted(plain(text) for _, text in cells.all("children", "child_year")),
        folded(draft.address).replace(" ", ""),
        draft.postcode,
    )
    return draft


def read_referral(cells: Cells, draft: Draft, today: date) -> None:
    """Who referred them, and when; today where nothing says."""
    draft.source = cells.first("source")
    column = next((column for column in cells.columns if column.field == "referred_on"), None)
    value = cells.value(column) if column else None
    draft.referred_on = today
    if column is None or isinstance(value, Formula) or not text_of(value):
        return
    day = read_date(value)
    if day is None:
        draft.ask(Word.TODAY, column.heading, gettext("The date cannot be read."))
    elif not date(2000, 1, 1) <= day <= today + timedelta(days=366):
        draft.ask(Word.TODAY, column.heading, gettext("The date lies too far away to be right."))
    else:
        draft.referred_on = day


def read_adults(cells: Cells, draft: Draft) -> None:
    """Names, phones and e-mails, each with the adult that the heading gives them to."""
    people: dict[int, Adult] = {}
    for _, text in cells.all("adults"):
        for name in split_adults(text):
            people[len(people) + 1] = Adult(name)
    for column, text in cells.all("adult", "adult_first"):
        adult = people.setdefault(column.person or 1, Adult())
        adult.name = f"{adult.name} {without_role(text)}".strip()
    if cells.heading("adult_first") and not cells.heading("adult", "adults"):
        # First name and surname in a column each; the one surname is the first one's.
        surnames = [column for column in cells.columns if column.field == "family"]
        for person, adult in people.items():
            if person <= len(surnames):
                surname = cells.texts[cells.columns.index(surnames[person - 1])]
                adult.name = f"{adult.name} {surname}".strip()
    shared = len([column for column in cells.columns if column.field == "phone"]) == 1
    for column, text in cells.all("phone", "email"):
        found = read_contacts(text, is_email=column.field == "email")
        start = column.person or 1
        room = max(len(people), 1) if shared else start
        for offset, phone in enumerate(found.phones):
            if start + offset > room:
                found.unread_phone = True  # whose it is cannot be known
                break
            people.setdefault(start + offset, Adult()).phone = phone
        adults = max(1, len(people))
        found.unread_email |= len(found.emails) > adults
        for offset, email in enumerate(found.emails[:adults]):
            adult = people.setdefault(start + offset, Adult())
            adult.email = adult.email or email
        if found.unread_phone:
            draft.ask(Word.WITHOUT_PHONE, column.heading, gettext("The phone cannot be read with certainty."))
        if found.unread_email:
            draft.ask(
                Word.WITHOUT_EMAIL, column.heading, gettext("An e-mail address is not complete, or one too many.")
            )
    draft.adults = [people[place] for place in sorted(people) if people[place] != Adult()]


def read_names(cells: Cells, draft: Draft) -> None:
    """What the family is called. One of the names stands in for the other."""
    draft.name = cells.first("family") or surname_of(draft.adults)
    if draft.adults and not any(adult.name for adult in draft.adults):
        draft.adults[0].name = draft.name
    if not draft.adults and draft.name:
        draft.adults = [Adult(draft.name)]
    if not draft.phones and not draft.emails and not draft.asks_about_contact:
        draft.ask(
            Word.WITHOUT_CONTACT,
            cells.heading("phone", "email"),
            gettext("There is neither a phone nor an e-mail address."),
        )


def read_children_of(cells: Cells, draft: Draft) -> None:
    """Children in one cell, in a column each, or names and ages apart."""
    count_text = cells.first("child_count")
    count = int(count_text) if count_text.isdigit() and int(count_text) <= MOST_CHILDREN else None
    years = {column.person: text for column, text in cells.all("child_year")}
    read: list[Children] = []
    heading = cells.heading("children", "child_year", "child_count")
    for column, text in cells.all("children"):
        year = years.pop(column.person, "")
        cleaned = text
        if HEALTH.search(text):
            ask_health(draft, column.heading)
            cleaned = HEALTH.sub(
                " ", re.sub(r"\([^)]*\)", lambda found: "" if HEALTH.search(found[0]) else found[0], text)
            )
        read.append(read_children(joined(cleaned, year), draft.referred_on, count))
    read += [
        read_children(f"{year} år" if year.isdigit() and len(year) < 3 else year, draft.referred_on, count)
        for year in years.values()
    ]
    if not read and count:
        read = [read_children("", draft.referred_on, count)]
    draft.children = [child for each in read for child in each.children]
    unsure = any(each.unsure for each in read) or bool(count_text and count is None)
    if unsure or len(draft.children) > MOST_CHILDREN or (count is not None and count != len(draft.children)):
        draft.children = draft.children[:MOST_CHILDREN]
        draft.ask(Word.WITHOUT_YEAR, heading, gettext("Not all of what stands about the children can be read."))


def joined(names: str, years: str) -> str:
    """«Emil, Nora» and «2017, 2019» of two columns as one list; as they are when they do not fit each other."""
    if not years:
        return names
    people = [piece for piece in re.split(r"[,;/&\n]|\bog\b|\band\b", names) if piece.strip()]
    whens = [piece for piece in re.split(r"[,;&\n]|\bog\b|\band\b", years) if piece.strip()]
    whens = [f"{when.strip()} år" if re.fullmatch(r"\s*\d{1,2}\s*", when) else when for when in whens]
    if len(people) == len(whens):
        return "; ".join(f"{name.strip()} {when.strip()}" for name, when in zip(people, whens, strict=True))
    return f"{names}; {'; '.join(whens)}"


def read_home(cells: Cells, draft: Draft) -> None:
    """Address, postcode and place; the last two perhaps in one cell."""
    draft.address = ", ".join(text for _, text in cells.all("address"))
    draft.postcode, draft.place = cells.first("postcode"), cells.first("place")
    for text in (draft.postcode, draft.place):
        if found := POSTCODE.match(text):
            draft.postcode, draft.place = found[1], found[2].strip()
    if draft.postcode.isdigit():
        draft.postcode = draft.postcode.zfill(4)  # a number has lost its first zero


def read_speech(cells: Cells, draft: Draft) -> None:
    """Languages at home, and the language an interpreter is for."""
    for column, text in cells.all("languages"):
        codes = read_languages(text)
        draft.languages += [code for code in codes if code not in draft.languages]
        if "other" in codes:
            draft.words.append(f"{column.heading}: {text}")  # a language that has no code here keeps its name
    for column, text in cells.all("interpreter"):
        named = [code for code in read_languages(text) if code != "other"]
        if NO.match(text):
            continue
        foreign = [code for code in [*named, *draft.languages] if code not in {"nb", "nn", "en"}]
        if named or YES.match(text):
            draft.interpreter = next(iter([*foreign, *named]), "")
        else:
            draft.ask(Word.WITHOUT_CELL, column.heading, gettext("Whether they need an interpreter cannot be read."))


def read_remarks(cells: Cells, draft: Draft) -> None:
    """Free text: needs where needs belong, health and identity numbers nowhere."""
    for column, text in cells.all(*FREE_TEXT):
        remark = read_remark(text)
        if remark.has_health:
            ask_health(draft, column.heading)
        if remark.has_number:
            cells.ask_number(column)
        if remark.same_family:
            draft.ask(
                Word.IMPORT, column.heading, gettext("The row says itself that it may be a family that is listed.")
            )
        place(column, text, remark, draft)


def place(column: Column, text: str, remark: Remark, draft: Draft) -> None:
    """Sort the text into the draft: a column's own words stay in its field."""
    everything = [*remark.food, *remark.access, *remark.offers, *remark.words]
    if column.field == "transport":
        draft.transport = draft.transport or (not NO.match(text) and not remark.has_health)
        return
    draft.transport = draft.transport or remark.transport
    if column.field == "remarks":
        draft.food += remark.food
        draft.access += remark.access
        draft.offers += remark.offers
        draft.words += remark.words
        return
    target = {"food": draft.food, "access": draft.access, "contributes": draft.offers}.get(column.field)
    if target is not None:
        target += everything
    elif not remark.has_health and not remark.has_number:
        draft.can_meet = text


def ask_health(draft: Draft, heading: str, word: Word = Word.WITHOUT_REMARK) -> None:
    draft.ask(
        word,
        heading,
        gettext("Something here is about health, or as private. We keep what a family needs, never a diagnosis."),
    )


def read_agreement(cells: Cells, draft: Draft) -> None:
    """Whether they said that they want to be contacted, and the day they did."""
    column = next((column for column in cells.columns if column.field == "agreed"), None)
    day_column = next((column for column in cells.columns if column.field == "agreed_on"), None)
    value = cells.value(column) if column else None
    text = cells.first("agreed")
    day = read_date(cells.value(day_column)) if day_column else None
    if isinstance(value, datetime | date):
        said, day = True, read_date(value)
    else:
        starts = YES.match(text)
        rest = text[starts.end() :] if starts else ""
        written = date_in(rest if starts else text, draft.referred_on.year)
        said = (bool(starts) and not YES_UNSURE.search(rest)) or (bool(written) and not re.search(r"[^\W\d_]", text))
        day = written or day
    if column is None and day is not None:
        said = True
    if said:
        draft.agreed_on = day or draft.referred_on
        return
    sentence = (
        gettext("The family has not said yes to being contacted.")
        if text
        else gettext("The sheet does not say whether the family wants to be contacted.")
    )
    draft.ask(Word.SAID_YES, column.heading if column else "", sentence)


def read_protection(cells: Cells, draft: Draft) -> None:
    """Kode 7 as it is; an address that is protected in some way is taken for kode 7 once somebody says so."""
    level = unclear_protection(cells.columns, cells.values)
    if level is None:
        return
    draft.protection = "confidential"
    if level:
        draft.ask(Word.CONFIDENTIAL, level, gettext("The address is protected, but not how strictly."))


def measure(cells: Cells, draft: Draft) -> None:
    """Nothing is cut off in silence: what has no room is a question, and then left out."""
    for name, longest in LONGEST.items():
        if len(getattr(draft, name)) > longest:
            setattr(draft, name, "")
            field = {"name": "family"}.get(name, name)
            draft.ask(Word.WITHOUT_CELL, cells.heading(field), gettext("The text is too long."))
    for name, longest in {"food": 200, "access": 200, "offers": 200, "words": 500}.items():
        if len(". ".join(getattr(draft, name))) > longest:
            getattr(draft, name).clear()
            draft.ask(
                Word.WITHOUT_CELL,
                cells.heading("remarks", "food", "access", "contributes"),
                gettext("The text is too long."),
            )
    for adult in draft.adults:
        if len(adult.name) > LONGEST["name"]:
            adult.name = ""
            draft.ask(Word.WITHOUT_CELL, cells.heading("adult", "adults"), gettext("The text is too long."))
    if any(len(child.name) > LONGEST["name"] for child in draft.children):
        draft.children = []
        draft.ask(Word.WITHOUT_CELL, cells.heading("children"), gettext("The text is too long."))
