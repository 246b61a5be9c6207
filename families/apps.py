from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FamiliesConfig(AppConfig):
    name = "families"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from families.duplicates import decisions
        from web.menu import register

        decisions.register()
        register(_("Families"), "families:waiting", "PersonGroup", Permission.FAMILY_VIEW, order=30)
        register(_("Refer"), "families:refer", "PersonPlus", Permission.FAMILY_REFER, order=60, place="user")
        register(
            _("My referrals"), "families:my_referrals", "Tasklist", Permission.REFERRAL_VIEW_OWN, order=61, place="user"
        )
