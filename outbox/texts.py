"""What a letter says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A letter in one language: the subject and body of a mail, and the text message that says the same."""

    subject: str
    body: str
    sms: str = ""
