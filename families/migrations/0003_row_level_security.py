"""Row-level security on every table of the room; logs and history only grow."""

from django.db import migrations

from municipalities.tenancy import append_only, row_level_security

TABLES = [
    "families_family",
    "families_familyevent",
    "families_importedrow",
    "families_ownwish",
    "families_ownwishevent",
    "families_participation",
    "families_participationevent",
    "families_person",
    "families_personevent",
    "families_referral",
    "families_referralevent",
    "families_upload",
]
ONLY_GROW = [
    "families_familyevent",
    "families_ownwishevent",
    "families_participationevent",
    "families_personevent",
    "families_referralevent",
]


class Migration(migrations.Migration):
    dependencies = [("families", "0002_initial")]
    operations = [
        *(operation for table in TABLES for operation in row_level_security(table)),
        *(operation for table in ONLY_GROW for operation in append_only(table)),
    ]
