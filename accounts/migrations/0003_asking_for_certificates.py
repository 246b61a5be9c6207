"""Asking for police certificates, the deputy who checks them, and rows that can be emptied after the role."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from municipalities.tenancy import row_level_security

# Months as the law counts them: 30 November and three months is 28 (29) February, in PostgreSQL as in Python.
# Checked for new rows at once, for old ones without a lock that stops writing.
fresh_when_shown = [
    migrations.RunSQL(
        """alter table accounts_certificate add constraint certificate_fresh_when_shown
           check (shown_on <= issued_on + interval '3 months') not valid""",
        "alter table accounts_certificate drop constraint certificate_fresh_when_shown",
    ),
    migrations.RunSQL(
        "alter table accounts_certificate validate constraint certificate_fresh_when_shown",
        migrations.RunSQL.noop,
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_row_level_security"),
        ("municipalities", "0002_settings"),
    ]

    operations = [
        migrations.CreateModel(
            name="CertificateRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("coordinator", "coordinator"), ("volunteer", "volunteer")],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("health_and_care", "Health and Care Services Act § 5-4"),
                            ("child_welfare", "Child Welfare Act"),
                            ("organisation", "Police Register Regulations § 34-1 (organisations)"),
                            ("other", "other ground in law"),
                        ],
                        max_length=20,
                        verbose_name="legal ground",
                    ),
                ),
                ("text_version", models.CharField(max_length=8)),
                ("asked_on", models.DateField(verbose_name="asked for")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
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
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificate_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["coordinator", "volunteer"])), name="asked_role_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ground__in", ["health_and_care", "child_welfare", "organisation", "other"])
                        ),
                        name="asked_ground_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)),
                        fields=("municipality", "user", "role"),
                        name="asked_once_per_person_and_role",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="certificate",
            name="asked_on",
            field=models.DateField(blank=True, null=True, verbose_name="asked for"),
        ),
        migrations.AlterField(
            model_name="certificate",
            name="checked_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            model_name="certificate",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("health_and_care", "Health and Care Services Act § 5-4"),
                    ("child_welfare", "Child Welfare Act"),
                    ("organisation", "Police Register Regulations § 34-1 (organisations)"),
                    ("other", "other ground in law"),
                ],
                max_length=20,
                verbose_name="legal ground",
            ),
        ),
        migrations.AlterField(
            model_name="certificate",
            name="issued_on",
            field=models.DateField(null=True, verbose_name="issued"),
        ),
        migrations.AlterField(
            model_name="certificate",
            name="shown_on",
            field=models.DateField(null=True, verbose_name="shown"),
        ),
        migrations.AlterField(
            model_name="roleassignment",
            name="role",
            field=models.CharField(
                choices=[
                    ("leader", "project leader"),
                    ("coordinator", "coordinator"),
                    ("referrer", "referrer"),
                    ("volunteer", "volunteer"),
                    ("checker", "deputy for police certificates"),
                    ("adviser", "SOS-barnebyer adviser"),
                    ("administrator", "administrator"),
                ],
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.AlterField(
            model_name="staffinvitation",
            name="role",
            field=models.CharField(
                choices=[
                    ("leader", "project leader"),
                    ("coordinator", "coordinator"),
                    ("referrer", "referrer"),
                    ("volunteer", "volunteer"),
                    ("checker", "deputy for police certificates"),
                    ("adviser", "SOS-barnebyer adviser"),
                    ("administrator", "administrator"),
                ],
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_on__lte", models.F("shown_on"))), name="certificate_asked_before_shown"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["coordinator", "volunteer"])), name="certificate_role_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("checked_by__isnull", False),
                        ("ground__in", ["health_and_care", "child_welfare", "organisation", "other"]),
                        ("issued_on__isnull", False),
                        ("shown_on__isnull", False),
                    ),
                    models.Q(
                        ("asked_on__isnull", True),
                        ("checked_by__isnull", True),
                        ("ended_on__isnull", False),
                        ("ground", ""),
                        ("issued_on__isnull", True),
                        ("shown_on__isnull", True),
                        ("user__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="certificate_whole_or_emptied",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "checker")), fields=("municipality",), name="one_deputy_for_certificates"
            ),
        ),
        *row_level_security("accounts_certificaterequest"),
        *fresh_when_shown,
    ]
