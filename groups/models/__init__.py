from groups.models.compositions import Composition
from groups.models.groups import ChatKind, Group, GroupCoordinator, GroupVolunteer, Membership

__all__ = ["ChatKind", "Composition", "Group", "GroupCoordinator", "GroupVolunteer", "Membership"]
