"""What is being typed, kept until it is saved."""

from django.conf import settings
from django.db import models

from municipalities.models import Owned


class Draft(Owned):
    """The fields of one form as one person last typed them; gone once saved.

    `form` names it (`log:17`, `plan:new`, `refer`): forms of every room are kept here. The table has the name it was
    made with.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=40)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "sessions_log_draft"
        constraints = [models.UniqueConstraint(fields=["municipality", "user", "form"], name="one_draft_per_form")]

    def __str__(self) -> str:
        return self.form
