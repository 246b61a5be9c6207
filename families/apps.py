from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FamiliesConfig(AppConfig):
    name = "families"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from families import carry, gates
        from families.duplicates import decisions
        from families.letters import LETTERS
        from outbox.letters import register as register_letter
        from planning.carry import register_carrier
        from planning.gates import register_gate
        from planning.rules.gates import DomainRule
        from planning.rules.steps import Step
        from web.menu import register

        decisions.register()
        for letter in LETTERS:
            register_letter(letter)
        register_gate(Step.KICK_OFF, "said_yes", gates.said_yes)
        register_gate(Step.KICK_OFF, DomainRule.PROTECTION, gates.protected)
        register_carrier(
            "invite_again", carry.carry, title=_("Families that agreed to be asked again"), offer=carry.offer
        )
        register(_("Families"), "families:waiting", "PersonGroup", Permission.FAMILY_VIEW, order=30)
        register(_("Refer"), "families:refer", "PersonPlus", Permission.FAMILY_REFER, order=60, place="user")
        register(
            _("My referrals"), "families:my_referrals", "Tasklist", Permission.REFERRAL_VIEW_OWN, order=61, place="user"
        )
