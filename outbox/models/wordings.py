"""A municipality's own words in letters to families, and who has read the words of a language."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from municipalities.models import Owned
from outbox.catalogue.sources import KINDS
from web.languages import LETTER_LANGUAGES


def known(name: str) -> models.CheckConstraint:
    """A kind of letter and a language that there are."""
    return models.CheckConstraint(condition=Q(kind__in=sorted(KINDS), language__in=sorted(LETTER_LANGUAGES)), name=name)


@tracked
class Wording(Owned):
    """What the municipality says instead of our words, for one kind of letter in one language.

    `{name}` and the like stand for facts, by their English names whatever the language of the screen. In `body` and
    `sms` a line that names something not known is left out; the lines of `sms` become one text.
    """

    kind = models.CharField(_("kind"), max_length=20)
    language = models.CharField(_("language"), max_length=8)
    subject = models.CharField(_("subject"), max_length=120)
    body = models.TextField(_("e-mail"), max_length=2000)
    sms = models.TextField(_("text message"), max_length=600)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind", "language"], name="one_wording_per_kind"),
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(body="") & ~Q(sms=""), name="a_wording_says_something"
            ),
            known("a_wording_is_of_a_letter"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"


@tracked
class SignOff(Owned):
    """Somebody who speaks the language at home has read these very words and found them right.

    `digest` is that of the words: with other words the letter is unread again. `read_by` is who read it, as the
    municipality knows her; `signed_by` who noted it.
    """

    kind = models.CharField(_("kind"), max_length=20)
    language = models.CharField(_("language"), max_length=8)
    digest = models.CharField(max_length=64)
    read_by = models.CharField(_("read by"), max_length=80)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["-signed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "language", "digest"], name="words_are_signed_off_once"
            ),
            models.CheckConstraint(condition=~Q(read_by="") & ~Q(digest=""), name="a_sign_off_names_its_reader"),
            known("a_sign_off_is_of_a_letter"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language}): {self.read_by}"
