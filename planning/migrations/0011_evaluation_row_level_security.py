"""The walls of the evaluations."""

from django.db import migrations

from municipalities.tenancy import append_only, row_level_security


class Migration(migrations.Migration):
    dependencies = [("planning", "0010_evaluation")]
    operations = [
        *row_level_security("planning_evaluation"),
        *row_level_security("planning_evaluationevent"),
        *append_only("planning_evaluationevent"),
    ]
