"""Row-level security on every table of the room; logs and history only grow."""

from django.db import migrations

from municipalities.tenancy import append_only, row_level_security

TABLES = [
    "audit_event",
    "audit_read",
]
ONLY_GROW = [
    "audit_event",
    "audit_read",
    "audit_refusal",
]


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        *(operation for table in TABLES for operation in row_level_security(table)),
        *(operation for table in ONLY_GROW for operation in append_only(table)),
    ]
