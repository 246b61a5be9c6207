from groups.forms.groups import (
    AddFamiliesForm,
    AddVolunteerForm,
    ChatForm,
    EndMembershipForm,
    GroupForm,
    HandoverForm,
    NewCoordinatorForm,
    with_certificate,
)

__all__ = [
    "AddFamiliesForm",
    "AddVolunteerForm",
    "ChatForm",
    "EndMembershipForm",
    "GroupForm",
    "HandoverForm",
    "NewCoordinatorForm",
    "with_certificate",
]
