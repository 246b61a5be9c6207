"""One row of everything in Lillevik, so that every address has something behind it."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from groups.models import Group
from tests.factories import gathering_of, invited


@dataclass
class World:
    """`arguments`: what an address needs besides the municipality's number."""

    arguments: dict[str, list[Any]] = field(default_factory=dict)

    def url(self, name: str) -> str:
        return reverse(name, args=["9901", *self.arguments.get(name, [])])

    def has_row(self, name: str) -> bool:
        return name in self.arguments


def make_world(group: Group) -> World:
    family = group.memberships.first().family
    gathering = gathering_of(group)
    invited(gathering, family)
    coordinator = group.coordinators.first().user
    return World({"accounts:certificate": [coordinator.pk]})
