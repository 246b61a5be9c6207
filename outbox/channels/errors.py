"""What can go wrong on the way."""


class ChannelError(Exception):
    """A message was not accepted. `permanent`: trying again is useless; `unreachable`: nobody answered at all;
    `may_be_taken`: it may have been accepted all the same. The words are for people."""

    def __init__(self, words: str, *, permanent: bool, unreachable: bool = False, may_be_taken: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.permanent = permanent
        self.unreachable = unreachable
        self.may_be_taken = may_be_taken


# Refusals that are about us and not about the message: key, credit, address, method, time-out, too early, too many.
ABOUT_US = frozenset({401, 402, 403, 404, 405, 407, 408, 425, 429})


def not_for_now(status: int) -> bool:
    """Whether an HTTP answer that is no success may become one when it is asked again later."""
    return status in ABOUT_US or not 400 <= status < 500
