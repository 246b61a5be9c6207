"""Everything that can be allowed, one name each."""

from enum import StrEnum


class Permission(StrEnum):
    """What a person may do in one municipality. Roles (roles.py) hold these; views name exactly one."""

    START_VIEW = "start_view"
    FAMILY_REFER = "family_refer"
    REFERRAL_VIEW_OWN = "referral_view_own"
    FAMILY_VIEW = "family_view"
    FAMILY_VIEW_ALL = "family_view_all"
    FAMILY_EDIT = "family_edit"
    CONVERSATION_NOTE = "conversation_note"
    FAMILY_MERGE = "family_merge"
    FAMILY_IMPORT = "family_import"
    GROUP_VIEW = "group_view"
    GROUP_VIEW_ALL = "group_view_all"
    GROUP_EDIT = "group_edit"
    GROUP_COMPOSE = "group_compose"
    ROUND_VIEW = "round_view"
    GATHERING_VIEW = "gathering_view"
    GATHERING_EDIT = "gathering_edit"
    INVITATION_SEND = "invitation_send"
    REPLY_NOTE = "reply_note"
    GATHERING_LOG = "gathering_log"
    HELPING_VIEW = "helping_view"
    DEBRIEF_VIEW = "debrief_view"
    CERTIFICATE_NOTE = "certificate_note"
    STAFF_INVITE = "staff_invite"
    TOTALS_VIEW = "totals_view"
