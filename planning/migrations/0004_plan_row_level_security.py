"""Row-level security on the plan's tables; their history only grows."""

from django.db import migrations

from municipalities.tenancy import append_only, row_level_security

TABLES = [
    "planning_gatepass",
    "planning_gatepassevent",
    "planning_plantask",
    "planning_plantaskevent",
    "planning_referencemember",
    "planning_referencememberevent",
]
ONLY_GROW = ["planning_gatepassevent", "planning_plantaskevent", "planning_referencememberevent"]


class Migration(migrations.Migration):
    dependencies = [("planning", "0003_plan_and_gates")]
    operations = [
        *(operation for table in TABLES for operation in row_level_security(table)),
        *(operation for table in ONLY_GROW for operation in append_only(table)),
    ]
