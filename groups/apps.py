from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from groups import gates
        from groups.merging import decide_relations
        from planning.gates import register_gate
        from planning.rules.gates import DomainRule
        from planning.rules.steps import Step
        from web.menu import register

        register_gate(Step.KICK_OFF, "group_sizes", gates.sizes)
        register_gate(Step.KICK_OFF, DomainRule.OWN_WISH, gates.own_wishes)
        register_gate(Step.KICK_OFF, DomainRule.CERTIFICATES, gates.certificates)
        decide_relations()
        register(_("Groups"), "groups:groups", "Handshake", Permission.GROUP_VIEW, order=40)
