"""Text messages over a plain HTTP gateway: JSON to, text, from, id; any 2xx is a promise kept."""

from functools import cached_property
from types import TracebackType
from typing import Self

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from outbox.channels.errors import ChannelError
from outbox.models import Message


class SmsSender:
    """Sends text messages while it is open. Gateways are tried in the order of SMS_URLS."""

    @cached_property
    def client(self) -> httpx.Client:
        """Made when first used; several threads may share it."""
        return httpx.Client(timeout=10)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if "client" in self.__dict__:
            self.client.close()

    def send(self, message: Message) -> str:
        """Hand one over; returns the gateway's id. Raises ChannelError."""
        content = {
            "to": message.address,
            "text": message.sms,
            "from": message.municipality.sms_sender,
            "id": f"{message.municipality_id}:{message.key}",
        }
        last: ChannelError | None = None
        for url in settings.SMS_URLS:
            try:
                # The gateway that honours it sends once, however often we ask.
                answer = self.client.post(url, json=content, headers={"Idempotency-Key": str(content["id"])})
            except (httpx.ConnectError, httpx.ConnectTimeout) as away:
                last = ChannelError(_("The SMS gateway does not answer."), permanent=False, unreachable=True)
                last.__cause__ = away
                continue
            except httpx.HTTPError as silent:
                # It may have been taken: another gateway would send it twice. The same one is asked again later.
                raise ChannelError(_("The SMS gateway does not answer."), permanent=False, unreachable=True) from silent
            if answer.is_success:
                return id_in(answer)
            refused = 400 <= answer.status_code < 500 and answer.status_code not in {408, 425, 429}
            last = ChannelError(
                _("The number was not accepted.") if refused else _("The SMS gateway cannot send now."),
                permanent=refused,
            )
        raise last or ChannelError(_("No SMS gateway is set up."), permanent=False)


def id_in(answer: httpx.Response) -> str:
    """The gateway's id of the message, when it gives one."""
    try:
        given = answer.json()
    except ValueError:
        return ""
    return str(given.get("id", ""))[:120] if isinstance(given, dict) else ""
