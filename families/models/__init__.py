from families.models.families import Family, Protection
from families.models.imports import ImportedRow, Upload
from families.models.participations import OwnWish, Participation
from families.models.people import Channel, Person, PersonKind
from families.models.referrals import Referral

__all__ = [
    "Channel",
    "Family",
    "ImportedRow",
    "OwnWish",
    "Participation",
    "Person",
    "PersonKind",
    "Protection",
    "Referral",
    "Upload",
]
