"""What a log may not say: the token of a family's personal link. Whoever reads the log would have the link."""

import logging
import re

LINK = re.compile(r"(/s/)[\w-]+")


class WithoutLinks(logging.Filter):
    """Puts a sign in a token's place, in every record that passes."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        masked = LINK.sub(r"\1…", said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True
