from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"

    def ready(self) -> None:
        from accounts.permissions import Permission
        from families.duplicates.relations import decide, move
        from web.menu import register

        # One open membership a family: services refuse to merge two families that are both in a group.
        decide("groups.Membership.participation", move())
        decide("groups.Membership.family", move())
        register(_("Groups"), "groups:groups", "Handshake", Permission.GROUP_VIEW, order=40)
