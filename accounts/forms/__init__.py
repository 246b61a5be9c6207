from accounts.forms.certificates import AskForm, CertificateForm
from accounts.forms.municipality import SettingsForm
from accounts.forms.people import InviteStaffForm, NameForm

__all__ = ["AskForm", "CertificateForm", "InviteStaffForm", "NameForm", "SettingsForm"]
