"""Row-level security on own words and sign-offs, and on their history."""

from django.db import migrations

from municipalities.tenancy import row_level_security

TABLES = ("outbox_wording", "outbox_wordingevent", "outbox_signoff", "outbox_signoffevent")


class Migration(migrations.Migration):
    dependencies = [("outbox", "0005_wordings")]
    operations = [operation for table in TABLES for operation in row_level_security(table)]
