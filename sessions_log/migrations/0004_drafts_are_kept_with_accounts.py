"""The drafts are `accounts.Draft` now; nothing changes in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sessions_log", "0003_summaries_to_ask_for"), ("accounts", "0004_drafts")]

    operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Draft")])]
