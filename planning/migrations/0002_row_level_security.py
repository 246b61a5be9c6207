"""Row-level security on every table of the room; logs and history only grow."""

from django.db import migrations

from municipalities.tenancy import append_only, row_level_security

TABLES = [
    "planning_round",
    "planning_roundcoordinator",
    "planning_roundcoordinatorevent",
    "planning_roundevent",
    "planning_venue",
    "planning_venueevent",
    "planning_volunteer",
    "planning_volunteerevent",
]
ONLY_GROW = [
    "planning_roundcoordinatorevent",
    "planning_roundevent",
    "planning_venueevent",
    "planning_volunteerevent",
]


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_initial")]
    operations = [
        *(operation for table in TABLES for operation in row_level_security(table)),
        *(operation for table in ONLY_GROW for operation in append_only(table)),
    ]
