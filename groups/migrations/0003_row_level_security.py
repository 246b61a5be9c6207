"""Row-level security on every table of the room; logs and history only grow."""

from django.db import migrations

from municipalities.tenancy import append_only, row_level_security

TABLES = [
    "groups_group",
    "groups_groupcoordinator",
    "groups_groupcoordinatorevent",
    "groups_groupevent",
    "groups_membership",
    "groups_membershipevent",
]
ONLY_GROW = [
    "groups_groupcoordinatorevent",
    "groups_groupevent",
    "groups_membershipevent",
]


class Migration(migrations.Migration):
    dependencies = [("groups", "0002_initial")]
    operations = [
        *(operation for table in TABLES for operation in row_level_security(table)),
        *(operation for table in ONLY_GROW for operation in append_only(table)),
    ]
