"""Row-level security on the tables of conversations, consents and pairs; history only grows."""

from django.db import migrations

from municipalities.tenancy import append_only, row_level_security

TABLES = [
    "families_background",
    "families_consent",
    "families_consentevent",
    "families_conversation",
    "families_conversationevent",
    "families_merge",
    "families_notthesame",
    "families_nottogether",
    "families_supportanswer",
    "families_supportanswerevent",
]
ONLY_GROW = ["families_consentevent", "families_conversationevent", "families_supportanswerevent"]


class Migration(migrations.Migration):
    dependencies = [("families", "0004_conversation_and_consent")]
    operations = [
        *(operation for table in TABLES for operation in row_level_security(table)),
        *(operation for table in ONLY_GROW for operation in append_only(table)),
    ]
