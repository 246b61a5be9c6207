from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from families.duplicates.relations import decide, move
        from groups import gates
        from planning.gates import register_gate
        from planning.rules.gates import DomainRule
        from planning.rules.steps import Step
        from web.menu import register

        register_gate(Step.KICK_OFF, "group_sizes", gates.sizes)
        register_gate(Step.KICK_OFF, DomainRule.OWN_WISH, gates.own_wishes)
        register_gate(Step.KICK_OFF, DomainRule.CERTIFICATES, gates.certificates)
        # One open membership a family: services refuse to merge two families that are both in a group.
        decide("groups.Membership.participation", move())
        decide("groups.Membership.family", move())
        register(_("Groups"), "groups:groups", "Handshake", Permission.GROUP_VIEW, order=40)
