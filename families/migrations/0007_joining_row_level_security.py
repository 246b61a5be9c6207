"""Row-level security on what waits for its code. The tallies belong to no municipality."""

from django.db import migrations

from municipalities.tenancy import row_level_security


class Migration(migrations.Migration):
    dependencies = [("families", "0006_joining")]
    operations = row_level_security("families_pendingreferral")
