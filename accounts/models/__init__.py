from accounts.models.certificates import Certificate, CertificateRequest, CertificateRole, LegalGround
from accounts.models.invitations import StaffInvitation
from accounts.models.users import RoleAssignment, User

__all__ = [
    "Certificate",
    "CertificateRequest",
    "CertificateRole",
    "LegalGround",
    "RoleAssignment",
    "StaffInvitation",
    "User",
]
