from accounts.models.certificates import Certificate, CertificateRequest, CertificateRole, LegalGround
from accounts.models.drafts import Draft
from accounts.models.invitations import StaffInvitation
from accounts.models.users import RoleAssignment, User

__all__ = [
    "Certificate",
    "CertificateRequest",
    "CertificateRole",
    "Draft",
    "LegalGround",
    "RoleAssignment",
    "StaffInvitation",
    "User",
]
