"""Row-level security on the table of compositions."""

from django.db import migrations

from municipalities.tenancy import row_level_security


class Migration(migrations.Migration):
    dependencies = [("groups", "0008_composition")]
    operations = row_level_security("groups_composition")
