"""What a letter says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A letter in one language: the subject and body of a mail, the text message that says the same, and the calendar
    file that the mail brings along, when there is one."""

    subject: str
    body: str
    sms: str = ""
    calendar: str = ""
