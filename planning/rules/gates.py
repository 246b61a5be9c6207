"""Which gates are rules of the domain: they explain themselves like the others, and nobody passes them."""

from django.db.models import TextChoices


class DomainRule(TextChoices):
    """Keys of gates that no role, service or row can pass (model.md, "Rules that cannot be passed")."""

    CERTIFICATES = "certificates"
    OWN_WISH = "own_wish"
    PROTECTION = "protection"
    WHAT_WHEN_WHERE = "what_when_where"
