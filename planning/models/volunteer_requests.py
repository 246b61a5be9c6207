"""That a volunteer was asked for a police certificate."""

from django.db import models

from accounts.models import CertificateRequest
from municipalities.models import Owned
from planning.models.volunteers import Volunteer


class VolunteerRequest(Owned):
    """Whose request it is: the request itself knows no volunteer without an account. Gone with the request."""

    volunteer = models.OneToOneField(Volunteer, on_delete=models.CASCADE, related_name="asked")
    request = models.OneToOneField(CertificateRequest, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.volunteer_id}: {self.request_id}"
