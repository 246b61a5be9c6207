"""`{% load planning %}`: kroner, and SOS-barnebyer's material where it is needed."""

from django import template

from planning.models import Material
from planning.rules.money import kroner

register = template.Library()
register.filter("kroner", kroner)


@register.inclusion_tag("planning/material_card.html")
def material(*needed_for: str) -> dict[str, list[Material]]:
    """What SOS-barnebyer offers for these: plan, recruit, kick_off, gatherings, closing or media. One query."""
    return {"materials": list(Material.objects.in_use().filter(needed_for__in=needed_for))}
