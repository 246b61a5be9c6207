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
    allowed = [
        item
        for item in REGISTERED.values()
        if item.place == place and (item.permission is None or item.permission in permissions)
    ]
    found = [
        (item, reverse(item.url_name, args=[municipality.number]))
        for item in sorted(allowed, key=lambda item: item.order)
    ]
    # The one entry of the page's room is where we are; else the longest address that the path begins with.
    room = request.resolver_match.namespace if request.resolver_match else ""
    of_room = [url for item, url in found if place == NAV and item.url_name.partition(":")[0] == room]
    begins = [url for _, url in found if request.path.startswith(url)]
    here = of_room[0] if len(of_room) == 1 else max(begins, key=len, default="")
    return [
        Entry(
            str(item.title),
            url,
            item.icon,
            ("page" if url == request.path else "true") if url == here else "",
        )
        for item, url in found
    ]


def menu(request: HttpRequest) -> dict[str, list[Entry]]:
    """Context processor: `menu` and `user_menu`."""
    return {"menu": entries(request, NAV), "user_menu": entries(request, USER)}
