"""What a municipality decides itself: waiting, the public form, police certificates."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("municipalities", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="municipality",
            name="certificate_kept_days",
            field=models.PositiveSmallIntegerField(default=30, verbose_name="kept after the end of a role (days)"),
        ),
        migrations.AddField(
            model_name="municipality",
            name="certificate_own_ground",
            field=models.CharField(blank=True, max_length=200, verbose_name="own legal ground"),
        ),
        migrations.AddField(
            model_name="municipality",
            name="certificate_renewal_months",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="new police certificate after (months)"
            ),
        ),
        migrations.AddField(
            model_name="municipality",
            name="certificate_renewal_stops",
            field=models.BooleanField(default=False, verbose_name="without the new one nobody takes new groups"),
        ),
        migrations.AddField(
            model_name="municipality",
            name="public_form_open",
            field=models.BooleanField(default=False, verbose_name="the public form is open"),
        ),
        migrations.AddField(
            model_name="municipality",
            name="waiting_limit_days",
            field=models.PositiveSmallIntegerField(default=30, verbose_name="a family waits at most (days)"),
        ),
        migrations.AlterField(
            model_name="municipality",
            name="language",
            field=models.CharField(
                choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")],
                default="nb",
                max_length=2,
                verbose_name="written language",
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["nb", "nn", "en"])), name="municipality_language_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(("waiting_limit_days__range", (1, 365))), name="municipality_waiting_limit_is_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("certificate_renewal_months__isnull", True),
                    ("certificate_renewal_months__range", (6, 60)),
                    _connector="OR",
                ),
                name="municipality_renewal_is_months",
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(("certificate_kept_days__lte", 90)),
                name="municipality_certificates_are_not_kept_long",
            ),
        ),
    ]
