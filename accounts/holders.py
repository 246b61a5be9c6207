"""Those who may be asked for a police certificate: people with an account, and whoever a higher room registers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import Certificate, CertificateRequest, User


@dataclass(frozen=True)
class Holder:
    """Somebody who has, or is about to have, a role that asks for a certificate.

    `key` is what stands in addresses: the account's id, or «kind-id» for others. `roles`: the kinds of role she holds.
    """

    key: str
    name: str
    roles: tuple[str, ...]
    user: User | None = None
    source: str = ""
    pk: int = 0
    certificate: Certificate | None = None
    request: CertificateRequest | None = None


@dataclass(frozen=True)
class Source:
    """How a higher room tells of people without an account. All functions answer for the active municipality.

    `active`: those who help now, with certificate and request. `find`: one of them. `keep_request` and
    `keep_certificate` put the row on the person's own record; `end` notes that she no longer helps.
    `of_request`: whose request it is.
    """

    active: Callable[[], list[Holder]]
    find: Callable[[int], Holder | None]
    keep_request: Callable[[int, CertificateRequest], None]
    keep_certificate: Callable[[int, Certificate], None]
    end: Callable[[int, date], None]
    of_request: Callable[[CertificateRequest], Holder | None]


SOURCES: dict[str, Source] = {}


def register(kind: str, source: Source) -> None:
    """Called from AppConfig.ready() of the room that keeps these people."""
    SOURCES[kind] = source


def active_elsewhere() -> list[Holder]:
    """Everybody whom other rooms know, as they are now. One query a source."""
    return [holder for source in SOURCES.values() for holder in source.active()]


def certificates_elsewhere() -> set[int]:
    """Ids of the certificates of active people whom other rooms know."""
    return {holder.certificate.pk for holder in active_elsewhere() if holder.certificate is not None}


def requests_elsewhere() -> set[int]:
    """Ids of what active people whom other rooms know were asked for."""
    return {holder.request.pk for holder in active_elsewhere() if holder.request is not None}


def first(found: Iterable[Holder | None]) -> Holder | None:
    return next((holder for holder in found if holder is not None), None)


def owner_of(request: CertificateRequest) -> Holder | None:
    """Who was asked, when it was somebody without an account."""
    return first(source.of_request(request) for source in SOURCES.values())
