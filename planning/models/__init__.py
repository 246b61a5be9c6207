"""Step 1 and what it prepares."""

from planning.models.rounds import Round, RoundCoordinator
from planning.models.venues import Venue
from planning.models.volunteer_requests import VolunteerRequest
from planning.models.volunteers import Volunteer

__all__ = ["Round", "RoundCoordinator", "Venue", "Volunteer", "VolunteerRequest"]
