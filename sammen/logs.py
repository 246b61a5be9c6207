"""What a log may not say: the token of a personal link, a family's, an invited colleague's, or one to a new password.
Whoever reads the log would have the link."""

import logging
import re

from outbox.links import PATH

LINK = re.compile(rf"(/(?:{PATH}|invitasjon/|konto/password/reset/key/|konto/confirm-email/))[\w:-]+")


class WithoutLinks(logging.Filter):
    """Puts a sign in a token's place, in every record that passes."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        masked = LINK.sub(r"\1…", said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True
