"""The roles: a title, one sentence for people, and what each may do. Screens and docs read the same source."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission as P


@dataclass(frozen=True)
class Role:
    """One role. `name` is what the database keeps."""

    name: str
    title: str | Promise
    sentence: str | Promise
    permissions: frozenset[P]


CHECKER = "checker"  # the one named deputy of a municipality, chosen in its settings

ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        Role(
            "leader",
            _("project leader"),
            _("Responsible in the municipality: sees every round and group, invites staff, follows up."),
            frozenset(
                {
                    P.START_VIEW,
                    P.FAMILY_REFER,
                    P.REFERRAL_VIEW_OWN,
                    P.FAMILY_VIEW,
                    P.FAMILY_VIEW_ALL,
                    P.FAMILY_EDIT,
                    P.FAMILY_MERGE,
                    P.FAMILY_IMPORT,
                    P.GROUP_VIEW,
                    P.GROUP_VIEW_ALL,
                    P.GROUP_EDIT,
                    P.GROUP_COMPOSE,
                    P.ROUND_VIEW,
                    P.PLANNING_VIEW,
                    P.PLANNING_EDIT,
                    P.BUDGET_EDIT,
                    P.ROUND_EDIT,
                    P.ROUND_PLAN,
                    P.GATHERING_VIEW,
                    P.HELPING_VIEW,
                    P.GATHERING_EDIT,
                    P.INVITATION_SEND,
                    P.REPLY_NOTE,
                    P.GATHERING_LOG,
                    P.DEBRIEF_VIEW,
                    P.CERTIFICATE_NOTE,
                    P.STAFF_VIEW,
                    P.STAFF_INVITE,
                    P.MUNICIPALITY_EDIT,
                    P.WORDING_EDIT,
                }
            ),
        ),
        Role(
            "coordinator",
            _("coordinator"),
            _("Follows one or more groups from the first conversation to the exit interviews."),
            frozenset(
                {
                    P.START_VIEW,
                    P.FAMILY_REFER,
                    P.REFERRAL_VIEW_OWN,
                    P.FAMILY_VIEW,
                    P.FAMILY_EDIT,
                    P.CONVERSATION_NOTE,
                    P.FAMILY_MERGE,
                    P.FAMILY_IMPORT,
                    P.GROUP_VIEW,
                    P.GROUP_EDIT,
                    P.PLANNING_VIEW,
                    P.PLANNING_EDIT,
                    P.ROUND_PLAN,
                    P.GROUP_COMPOSE,
                    P.GATHERING_VIEW,
                    P.HELPING_VIEW,
                    P.GATHERING_EDIT,
                    P.INVITATION_SEND,
                    P.REPLY_NOTE,
                    P.GATHERING_LOG,
                }
            ),
        ),
        Role(
            "referrer",
            _("referrer"),
            _("Registers families that want to take part, and sees what became of their own referrals."),
            frozenset({P.START_VIEW, P.FAMILY_REFER, P.REFERRAL_VIEW_OWN}),
        ),
        Role(
            "volunteer",
            _("volunteer"),
            _("Helps at gatherings, and sees the practical information of those."),
            frozenset({P.START_VIEW, P.HELPING_VIEW}),
        ),
        Role(
            CHECKER,
            _("deputy for police certificates"),
            _("Stands in for the project leader: sees when police certificates were shown, and notes it."),
            frozenset({P.START_VIEW, P.STAFF_VIEW, P.CERTIFICATE_NOTE}),
        ),
        Role(
            "adviser",
            _("SOS-barnebyer adviser"),
            _("Supports all municipalities, and sees numbers only: never a name of a family."),
            frozenset({P.TOTALS_VIEW}),
        ),
        Role(
            "administrator",
            _("administrator"),
            _("Sets up municipalities and people. Has no right to read about families."),
            frozenset({P.STAFF_VIEW, P.STAFF_INVITE, P.MUNICIPALITY_EDIT, P.START_VIEW}),
        ),
    )
}


def permissions_of(names: "set[str] | frozenset[str] | list[str]") -> frozenset[P]:
    """All that these roles may do together."""
    return frozenset().union(*(ROLES[name].permissions for name in names))
