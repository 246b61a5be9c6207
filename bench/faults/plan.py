"""Where a worker is killed, in the order in which a message passes by."""

POINTS = (
    "claim is not committed",
    "claimed",
    "while it is prepared",
    "prepared",
    "before the provider is asked",
    "accepted, nobody told",
    "told, not written",
    "written, not committed",
    "written",
)
ACCEPTED = frozenset(POINTS[5:8])  # where the provider has it and we have not written it down
