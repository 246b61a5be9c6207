"""Text messages: over plain HTTP gateways as the environment describes them, or by a vendor that Apprise knows."""

from functools import cached_property
from types import TracebackType
from typing import Self

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from outbox.channels.errors import ChannelError, not_for_now
from outbox.channels.vendors import send_by_vendor
from outbox.models import Message
from outbox.rules.gateways import Gateway, at, fill, gateways


class SmsSender:
    """Sends text messages while it is open. Gateways are tried in the order of SMS_URLS."""

    @cached_property
    def client(self) -> httpx.Client:
        """Made when first used; several threads may share it."""
        return httpx.Client(timeout=10)

    @cached_property
    def gateways(self) -> list[Gateway]:
        return gateways(settings.SMS_URLS, settings.SMS_GATEWAYS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if "client" in self.__dict__:
            self.client.close()

    def send(self, message: Message) -> str:
        """Hand one over; returns the gateway's id, "" where it gives none. Raises ChannelError."""
        values = {
            "to": message.address,
            "to_digits": message.address.lstrip("+"),
            "text": message.sms,
            "from": message.municipality.sms_sender,
            "id": f"{message.municipality_id}:{message.key}",
        }
        last: ChannelError | None = None
        for gateway in self.gateways:
            try:
                return self.post(gateway, values) if gateway.is_plain else send_by_vendor(gateway, values)
            except ChannelError as refused:
                if refused.may_be_taken:
                    raise  # another gateway would send it twice; the same one is asked again later
                last = refused
        raise last or ChannelError(_("No SMS gateway is set up."), permanent=False)

    def post(self, gateway: Gateway, values: dict[str, str]) -> str:
        """Over HTTP; any 2xx is a promise kept."""
        # The gateway that honours the key sends once, however often we ask.
        headers = {**gateway.headers, "Idempotency-Key": values["id"]}
        body = fill(gateway.body, values)
        address = gateway.address(values)
        try:
            if gateway.is_form:
                answer = self.client.post(address, data=body, headers=headers)
            else:
                answer = self.client.post(address, json=body, headers=headers)
        except (httpx.ConnectError, httpx.ConnectTimeout) as away:
            raise ChannelError(_("The SMS gateway does not answer."), permanent=False, unreachable=True) from away
        except httpx.HTTPError as silent:
            raise ChannelError(
                _("The SMS gateway does not answer."), permanent=False, unreachable=True, may_be_taken=True
            ) from silent
        if answer.is_success:
            return id_in(answer, gateway.id_at)
        if not_for_now(answer.status_code):
            raise ChannelError(_("The SMS gateway cannot send now."), permanent=False)
        raise ChannelError(_("The number was not accepted."), permanent=True)


def id_in(answer: httpx.Response, path: str) -> str:
    """The gateway's id of the message, when it gives one."""
    try:
        return at(path, answer.json())[:120]
    except ValueError:
        return ""
