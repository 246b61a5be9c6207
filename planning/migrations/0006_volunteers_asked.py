"""That volunteers were asked for a police certificate."""

import django.db.models.deletion
from django.db import migrations, models

from municipalities.tenancy import row_level_security


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_asking_for_certificates"),
        ("municipalities", "0002_settings"),
        ("planning", "0005_running_rounds_differ"),
    ]

    operations = [
        migrations.CreateModel(
            name="VolunteerRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "municipality",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.certificaterequest"
                    ),
                ),
                (
                    "volunteer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="asked", to="planning.volunteer"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        *row_level_security("planning_volunteerrequest"),
    ]
