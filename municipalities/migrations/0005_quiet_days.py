import django.db.models.deletion
from django.db import migrations, models

from municipalities.tenancy import row_level_security


class Migration(migrations.Migration):
    dependencies = [
        ("municipalities", "0004_messages"),
    ]

    operations = [
        migrations.CreateModel(
            name="QuietDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                (
                    "municipality",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                    ),
                ),
            ],
            options={
                "ordering": ["day"],
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "day"), name="a_quiet_day_is_chosen_once")
                ],
            },
        ),
        *row_level_security("municipalities_quietday"),
    ]
