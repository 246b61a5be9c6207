from groups.models.compositions import Composition
from groups.models.groups import ChatKind, Group, GroupCoordinator, Membership

__all__ = ["ChatKind", "Composition", "Group", "GroupCoordinator", "Membership"]
