"""The letter that states the purpose of a police certificate: what it says, for the page and for the PDF alike."""

from dataclasses import dataclass

from django.utils import translation

from accounts.models import CertificateRequest, LegalGround, RoleAssignment
from accounts.roles import CHECKER
from accounts.rules.purpose import LANGUAGES, words_of
from web.dates import long_date


@dataclass(frozen=True)
class PurposeLetter:
    """Everything the letter says, in one language; `facts`: (label, text). Nothing of it is stored."""

    language: str
    title: str
    municipality: str
    date: str
    confirms: str
    facts: list[tuple[str, str]]
    paragraphs: list[str]
    signed: str
    signer: str
    signer_title: str
    page: str
    version: str


def purpose_letter(*, request: CertificateRequest, name: str, language: str) -> PurposeLetter:
    """The letter for this person, dated and signed as it was asked for. One query."""
    language = language if language in LANGUAGES else request.municipality.language
    words = words_of(request.text_version, language)
    town = request.municipality
    ground = words.grounds[request.ground]
    if request.ground == LegalGround.OTHER:
        ground = town.certificate_own_ground
    with translation.override(language):
        asked_on = long_date(request.asked_on)
    facts = {"name": name, "role": words.roles[request.role], "tasks": words.tasks[request.role], "ground": ground}
    leads = RoleAssignment.objects.filter(user=request.asked_by_id, municipality=town, role="leader").exists()
    return PurposeLetter(
        language=language,
        title=words.title,
        municipality=town.full_name,
        date=asked_on,
        confirms=words.confirms.format(municipality=town.full_name, name=name),
        facts=[(words.labels[key], text) for key, text in facts.items()],
        paragraphs=list(words.paragraphs),
        signed=words.signed.format(municipality=town.full_name),
        signer=request.asked_by.name,
        signer_title=words.titles["leader" if leads else CHECKER],
        page=words.page,
        version=request.text_version,
    )
