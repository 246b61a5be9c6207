"""The menu: apps register their entries when they start, pages show those that the person may use."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

NAV, USER = "nav", "user"


@dataclass(frozen=True)
class Registered:
    title: str | Promise
    url_name: str
    icon: str
    permission: str | None
    order: int
    place: str


@dataclass(frozen=True)
class Entry:
    """One line of the menu as a page shows it. `current`: "page" here, "true" somewhere below it, else ""."""

    title: str
    url: str
    icon: str
    current: str


REGISTERED: dict[str, Registered] = {}


def register(
    title: str | Promise,
    url_name: str,
    icon: str,
    permission: str | None = None,
    order: int = 100,
    place: str = NAV,
) -> None:
    """Put a page into the menu (`place="user"`: the menu behind the initials). Called from AppConfig.ready().

    The address is reversed with the municipality's number. On a phone five entries have room.
    """
    REGISTERED[url_name] = Registered(title, url_name, icon, permission, order, place)


def entries(request: HttpRequest, place: str) -> list[Entry]:
    """What this person sees in this municipality; nothing before a municipality is chosen."""
    municipality = getattr(request, "municipality", None)
    if municipality is None:
        return []
    permissions: Collection[str] = getattr(request, "permissions", ())
    shown = [
        (item, reverse(item.url_name, args=[municipality.number]))
        for item in sorted(REGISTERED.values(), key=lambda item: item.order)
        if item.place == place and (item.permission is None or item.permission in permissions)
    ]
    here = where(request, municipality.number)
    return [
        Entry(
            str(item.title),
            url,
            item.icon,
            ("page" if url == request.path else "true") if url == here else "",
        )
        for item, url in shown
    ]


def where(request: HttpRequest, number: str) -> str:
    """The address of the one entry that a page belongs to, whether or not this person has it in her menu; "" for none.

    The page itself; else the one entry of its room in the main menu; else the longest address that the path begins
    with; else the one entry that its room has anywhere. The start page is above all others, so it is only itself.
    """
    addresses = {item.url_name: reverse(item.url_name, args=[number]) for item in REGISTERED.values()}
    if request.path in addresses.values():
        return request.path
    room = request.resolver_match.namespace if request.resolver_match else ""
    of_room = [item for item in REGISTERED.values() if item.url_name.partition(":")[0] == room]
    in_nav = [item for item in of_room if item.place == NAV]
    if len(in_nav) == 1:
        return addresses[in_nav[0].url_name]
    begins = [url for url in addresses.values() if request.path.startswith(url) and not is_above(url, addresses)]
    if begins:
        return max(begins, key=len)
    return addresses[of_room[0].url_name] if len(of_room) == 1 else ""


def is_above(url: str, addresses: dict[str, str]) -> bool:
    """Whether every other address begins with this one."""
    return len(addresses) > 1 and all(other.startswith(url) for other in addresses.values())


def menu(request: HttpRequest) -> dict[str, list[Entry]]:
    """Context processor: `menu` and `user_menu`."""
    return {"menu": entries(request, NAV), "user_menu": entries(request, USER)}
