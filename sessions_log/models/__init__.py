from sessions_log.models.attendance import Attendance, AttendanceState, GatheringGuest
from sessions_log.models.gatherings import (
    Gathering,
    GatheringGroup,
    GatheringHelper,
    GatheringKind,
    InterpreterBooking,
    Series,
)
from sessions_log.models.invitations import CallNote, CallOutcome, Invitation, Reply
from sessions_log.models.sheets import Contribution, Ride
from sessions_log.models.summaries import CarriedBy, Debrief, FollowUp, Summary

__all__ = [
    "Attendance",
    "AttendanceState",
    "CallNote",
    "CallOutcome",
    "CarriedBy",
    "Contribution",
    "Debrief",
    "FollowUp",
    "Gathering",
    "GatheringGroup",
    "GatheringGuest",
    "GatheringHelper",
    "GatheringKind",
    "InterpreterBooking",
    "Invitation",
    "Reply",
    "Ride",
    "Series",
    "Summary",
]
