from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Alone, for the table is large and must stay open to writers meanwhile."""

    atomic = False
    dependencies = [("outbox", "0009_personal_links")]

    operations = [
        AddIndexConcurrently(
            "message",
            models.Index(
                fields=["link_hash"], condition=models.Q(("link_hash", ""), _negated=True), name="message_by_link"
            ),
        ),
    ]
