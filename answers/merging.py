"""What a merge does with texts that people have sent."""

from families.duplicates.relations import decide, move


def decide_relations() -> None:
    decide("answers.IncomingText.person", move())
