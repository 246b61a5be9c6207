"""Row-level security on every table of the room; logs and history only grow."""

from django.db import migrations

from municipalities.tenancy import row_level_security

TABLES = [
    "accounts_certificate",
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [operation for table in TABLES for operation in row_level_security(table)]
