"""Step 1 and what it prepares."""

from planning.models.arrangements import Arrangement, ArrangementKind
from planning.models.budgets import BudgetLine, Expense
from planning.models.evaluations import Evaluation
from planning.models.ideas import ActivityIdea, Again, IdeaNote, LanguageNeeded, Season, Where
from planning.models.material import Material, NeededFor
from planning.models.media import MediaContact, MediaCoverage
from planning.models.partners import Partner, PartnerKind, RoundPartner
from planning.models.passes import GatePass
from planning.models.rounds import ReferenceMember, Round, RoundCoordinator
from planning.models.tasks import PlanTask
from planning.models.venues import Kitchen, UsedFor, Venue, VenueDoor
from planning.models.volunteer_requests import VolunteerRequest
from planning.models.volunteers import Volunteer

__all__ = [
    "ActivityIdea",
    "Again",
    "Arrangement",
    "ArrangementKind",
    "BudgetLine",
    "Evaluation",
    "Expense",
    "GatePass",
    "IdeaNote",
    "Kitchen",
    "LanguageNeeded",
    "Material",
    "MediaContact",
    "MediaCoverage",
    "NeededFor",
    "Partner",
    "PartnerKind",
    "PlanTask",
    "ReferenceMember",
    "Round",
    "RoundCoordinator",
    "RoundPartner",
    "Season",
    "UsedFor",
    "Venue",
    "VenueDoor",
    "Volunteer",
    "VolunteerRequest",
    "Where",
]
