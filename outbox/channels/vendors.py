"""Text messages by vendors' own interfaces, as Apprise speaks them. It gives no id, so no receipt ever comes."""

import re
from collections.abc import Mapping

from apprise import Apprise, NotifyFormat
from django.utils.translation import gettext as _

from outbox.channels.errors import ChannelError, not_for_now
from outbox.rules.gateways import Gateway

STATUS = re.compile(r"error[=:]\s*(\d{3})\b")  # the only place where Apprise says what was answered is its log


def send_by_vendor(gateway: Gateway, values: Mapping[str, str]) -> str:
    """Hand one over; returns "". Raises ChannelError."""
    vendor = Apprise()
    if not vendor.add(gateway.address(values)):
        raise ChannelError(_("The number was not accepted."), permanent=True)
    result = vendor.notify(body=values["text"], body_format=NotifyFormat.TEXT)
    if result:
        return ""
    status = next((int(found[1]) for line in result.logs() if (found := STATUS.search(str(line)))), None)
    if status is None:
        raise ChannelError(_("The SMS gateway does not answer."), permanent=False, unreachable=True, may_be_taken=True)
    if not_for_now(status):
        raise ChannelError(_("The SMS gateway cannot send now."), permanent=False)
    raise ChannelError(_("The number was not accepted."), permanent=True)
