"""What becomes of a row: a family to register, and the questions to answer first."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from families.importing.adults import Adult
from families.services.referrals import NewAdult, NewChild, NewFamily


class Word(StrEnum):
    """The answers. Each says what happens when the row is imported; SKIP leaves it out."""

    SKIP = "skip"
    IMPORT = "import"
    SAME = "same"
    WITHOUT_PHONE = "without_phone"
    WITHOUT_EMAIL = "without_email"
    WITHOUT_CONTACT = "without_contact"
    WITHOUT_REMARK = "without_remark"
    WITHOUT_NUMBER = "without_number"
    WITHOUT_CELL = "without_cell"
    WITHOUT_YEAR = "without_year"
    TODAY = "today"
    SAID_YES = "said_yes"
    CONFIDENTIAL = "confidential"


LABELS = {
    Word.SKIP: _("Leave out"),
    Word.IMPORT: _("as another family"),
    Word.WITHOUT_PHONE: _("without that phone"),
    Word.WITHOUT_EMAIL: _("without that e-mail"),
    Word.WITHOUT_CONTACT: _("without phone and e-mail"),
    Word.WITHOUT_REMARK: _("without that part of the remark"),
    Word.WITHOUT_NUMBER: _("without the identity number"),
    Word.WITHOUT_CELL: _("without what stands there"),
    Word.WITHOUT_YEAR: _("with the children as far as they could be read"),
    Word.TODAY: _("as referred today"),
    Word.SAID_YES: _("they have said yes since"),
    Word.CONFIDENTIAL: _("as a confidential address (kode 7)"),
}


@dataclass(frozen=True)
class Question:
    """Something a person must decide. The sentence never repeats what the cell says."""

    word: Word
    column: str
    sentence: str


@dataclass
class Draft:
    """A family as the row tells of it, already without whatever is not to be stored."""

    name: str = ""
    adults: list[Adult] = field(default_factory=list)
    children: list[NewChild] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    interpreter: str = ""
    address: str = ""
    postcode: str = ""
    place: str = ""
    food: list[str] = field(default_factory=list)
    access: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    can_meet: str = ""
    transport: bool = False
    protection: str = "none"
    source: str = ""
    referred_on: date = date.min
    agreed_on: date | None = None
    identity: tuple[str, ...] = ()
    questions: list[Question] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    may_be_added: bool = False

    def ask(self, word: Word, column: str, sentence: str) -> None:
        """Ask once a column."""
        if not any((each.word, each.column) == (word, column) for each in self.questions):
            self.questions.append(Question(word, column, sentence))

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers that the row takes: one that answers every question at once, the same but adding to the family
        that it is perhaps the same as, and to leave it out."""
        words = list(dict.fromkeys(each.word.value for each in self.questions))
        ways = ["+".join(words) or Word.IMPORT.value]
        if self.may_be_added and Word.IMPORT in words:
            ways.append("+".join(Word.SAME.value if word == Word.IMPORT else word for word in words))
        return (*ways, Word.SKIP.value)

    @property
    def phones(self) -> list[str]:
        return [adult.phone for adult in self.adults if adult.phone]

    @property
    def emails(self) -> list[str]:
        return [adult.email for adult in self.adults if adult.email]

    @property
    def asks_about_contact(self) -> bool:
        return any(each.word in {Word.WITHOUT_PHONE, Word.WITHOUT_EMAIL} for each in self.questions)

    @property
    def reason(self) -> str:
        """The remark's plain words: what the family wishes for."""
        return ". ".join(self.words)

    def new_family(self, message_languages: tuple[str, ...]) -> NewFamily:
        """As the service wants it. Messages go in the first language that letters are written in."""
        language = next((code for code in self.languages if code in message_languages), "nb")
        return NewFamily(
            name=self.name,
            adults=[
                NewAdult(
                    name=adult.name,
                    phone=adult.phone,
                    email=adult.email,
                    language=language,
                    interpreter_language=self.interpreter,
                )
                for adult in self.adults
            ],
            children=self.children,
            languages=self.languages,
            protection=self.protection,
            address=self.address,
            postcode=self.postcode,
            place=self.place,
            food_needs=". ".join(self.food),
            access_needs=". ".join(self.access),
            needs_transport=self.transport,
            can_meet=self.can_meet,
            contributes=". ".join(self.offers),
        )
