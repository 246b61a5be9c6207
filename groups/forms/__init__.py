from groups.forms.groups import AddFamiliesForm, ChatForm, EndMembershipForm, GroupForm, certified

__all__ = ["AddFamiliesForm", "ChatForm", "EndMembershipForm", "GroupForm", "certified"]
