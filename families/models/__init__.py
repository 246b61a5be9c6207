from families.models.consents import Consent, How, Purpose
from families.models.conversations import Background, BackgroundAnswer, Conversation
from families.models.families import Family, Protection, Travel
from families.models.imports import ImportedRow, Upload
from families.models.joining import MOST_CODES, MOST_TRIES, PendingReferral, Tally
from families.models.pairs import Merge, NotTheSame, NotTogether
from families.models.participations import OwnWish, Participation, Status
from families.models.people import Channel, Person, PersonKind
from families.models.referrals import Referral, SourceKind
from families.models.support import Moment, SupportAnswer
from families.models.traces import Trace, TraceKind

__all__ = [
    "MOST_CODES",
    "MOST_TRIES",
    "Background",
    "BackgroundAnswer",
    "Channel",
    "Consent",
    "Conversation",
    "Family",
    "How",
    "ImportedRow",
    "Merge",
    "Moment",
    "NotTheSame",
    "NotTogether",
    "OwnWish",
    "Participation",
    "PendingReferral",
    "Person",
    "PersonKind",
    "Protection",
    "Purpose",
    "Referral",
    "SourceKind",
    "Status",
    "SupportAnswer",
    "Tally",
    "Trace",
    "TraceKind",
    "Travel",
    "Upload",
]
