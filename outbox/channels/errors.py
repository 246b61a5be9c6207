"""What can go wrong on the way."""


class ChannelError(Exception):
    """A message was not accepted. `permanent`: trying again is useless; `unreachable`: nobody answered
    at all. The words are for people."""

    def __init__(self, words: str, *, permanent: bool, unreachable: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.permanent = permanent
        self.unreachable = unreachable
