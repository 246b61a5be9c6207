"""Row-level security on every table of the room; logs and history only grow."""

from django.db import migrations

from municipalities.tenancy import append_only, row_level_security

TABLES = [
    "sessions_log_attendance",
    "sessions_log_attendanceevent",
    "sessions_log_callnote",
    "sessions_log_debrief",
    "sessions_log_debriefevent",
    "sessions_log_draft",
    "sessions_log_followup",
    "sessions_log_followupevent",
    "sessions_log_gathering",
    "sessions_log_gatheringevent",
    "sessions_log_gatheringgroup",
    "sessions_log_gatheringgroupevent",
    "sessions_log_gatheringguest",
    "sessions_log_gatheringguestevent",
    "sessions_log_gatheringhelper",
    "sessions_log_gatheringhelperevent",
    "sessions_log_interpreterbooking",
    "sessions_log_interpreterbookingevent",
    "sessions_log_invitation",
    "sessions_log_invitationevent",
    "sessions_log_reply",
    "sessions_log_replyevent",
    "sessions_log_summary",
    "sessions_log_summaryevent",
]
ONLY_GROW = [
    "sessions_log_attendanceevent",
    "sessions_log_debriefevent",
    "sessions_log_followupevent",
    "sessions_log_gatheringevent",
    "sessions_log_gatheringgroupevent",
    "sessions_log_gatheringguestevent",
    "sessions_log_gatheringhelperevent",
    "sessions_log_interpreterbookingevent",
    "sessions_log_invitationevent",
    "sessions_log_replyevent",
    "sessions_log_summaryevent",
]


class Migration(migrations.Migration):
    dependencies = [("sessions_log", "0001_initial")]
    operations = [
        *(operation for table in TABLES for operation in row_level_security(table)),
        *(operation for table in ONLY_GROW for operation in append_only(table)),
    ]
