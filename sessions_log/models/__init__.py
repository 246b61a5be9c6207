from sessions_log.models.attendance import Attendance, AttendanceState, GatheringGuest
from sessions_log.models.closings import RoundClosing
from sessions_log.models.gatherings import (
    Gathering,
    GatheringGroup,
    GatheringHelper,
    GatheringKind,
    InterpreterBooking,
    Series,
)
from sessions_log.models.goals import GroupGoal
from sessions_log.models.interviews import Absence, ExitInterview, ReadyFor
from sessions_log.models.invitations import CallNote, CallOutcome, Invitation, Reply
from sessions_log.models.sheets import Contribution, Ride
from sessions_log.models.summaries import CarriedBy, Debrief, FollowUp, Summary

__all__ = [
    "Absence",
    "Attendance",
    "AttendanceState",
    "CallNote",
    "CallOutcome",
    "CarriedBy",
    "Contribution",
    "Debrief",
    "ExitInterview",
    "FollowUp",
    "Gathering",
    "GatheringGroup",
    "GatheringGuest",
    "GatheringHelper",
    "GatheringKind",
    "GroupGoal",
    "InterpreterBooking",
    "Invitation",
    "ReadyFor",
    "Reply",
    "Ride",
    "RoundClosing",
    "Series",
    "Summary",
]
