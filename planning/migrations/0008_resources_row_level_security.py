"""Row-level security on every new table of the room; the library's rows are read by all; history only grows."""

from django.db import migrations

from municipalities.tenancy import append_only, row_level_security

TABLES = [
    "planning_arrangement",
    "planning_arrangementevent",
    "planning_budgetline",
    "planning_budgetlineevent",
    "planning_expense",
    "planning_expenseevent",
    "planning_ideanote",
    "planning_ideanoteevent",
    "planning_mediacontact",
    "planning_mediacontactevent",
    "planning_mediacoverage",
    "planning_mediacoverageevent",
    "planning_partner",
    "planning_partnerevent",
    "planning_roundpartner",
    "planning_roundpartnerevent",
    "planning_venuedoor",
]
SHARED = [
    "planning_activityidea",
    "planning_activityideaevent",
    "planning_material",
]
ONLY_GROW = [
    "planning_activityideaevent",
    "planning_arrangementevent",
    "planning_budgetlineevent",
    "planning_expenseevent",
    "planning_ideanoteevent",
    "planning_mediacontactevent",
    "planning_mediacoverageevent",
    "planning_partnerevent",
    "planning_roundpartnerevent",
]


class Migration(migrations.Migration):
    dependencies = [("planning", "0007_resources")]
    operations = [
        *(operation for table in TABLES for operation in row_level_security(table)),
        *(operation for table in SHARED for operation in row_level_security(table, shared=True)),
        *(operation for table in ONLY_GROW for operation in append_only(table)),
    ]
