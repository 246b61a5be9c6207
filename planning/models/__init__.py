"""Step 1 and what it prepares."""

from planning.models.passes import GatePass
from planning.models.rounds import ReferenceMember, Round, RoundCoordinator
from planning.models.tasks import PlanTask
from planning.models.venues import Venue
from planning.models.volunteers import Volunteer

__all__ = ["GatePass", "PlanTask", "ReferenceMember", "Round", "RoundCoordinator", "Venue", "Volunteer"]
