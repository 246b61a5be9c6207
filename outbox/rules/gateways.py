"""How an SMS gateway is spoken to: addresses and field templates from the environment, read once and checked.

`{to}` (E.164), `{to_digits}` (without the +), `{text}`, `{from}` and `{id}` (ours, the same for each attempt) are
filled in. An address of another scheme than http(s) is a vendor's, as Apprise writes them:
`twilio://SID:TOKEN@+4790000000/{to}`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

PLACE = re.compile(r"\{(\w*)\}")
PLACES = frozenset({"to", "to_digits", "text", "from", "id"})
JSON, FORM = "json", "form"
KEYS = frozenset({"body", "format", "headers", "id"})
USUAL_BODY = {"to": "{to}", "text": "{text}", "from": "{from}", "id": "{id}"}


class WrongSetting(ValueError):
    """A setting that cannot be used; says in one sentence which, and what is wrong."""


@dataclass(frozen=True)
class Gateway:
    """One gateway. `id_at`: where its answer names the message, with dots: `messages.0.id`."""

    url: str
    body: Mapping[str, Any] = field(default_factory=lambda: USUAL_BODY)
    is_form: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    id_at: str = "id"

    @property
    def is_plain(self) -> bool:
        """Spoken to over HTTP by ourselves."""
        return parts_of(self.url)[0] in {"http", "https"}

    def address(self, values: Mapping[str, str]) -> str:
        return str(fill(self.url, {name: quote(value, safe="") for name, value in values.items()}))


def parts_of(url: str) -> tuple[str, str]:
    """Its scheme, and its host with the port. Vendors' schemes may begin with a digit, as no other's may."""
    scheme, mark, rest = url.partition("://")
    return (scheme, re.split(r"[/?#]", rest)[0].rpartition("@")[2]) if mark else ("", "")


def fill(template: Any, values: Mapping[str, str]) -> Any:
    """The template, or each string within it, with its places filled in once: what a text says is never a place."""
    if isinstance(template, str):
        return PLACE.sub(lambda place: values[place[1]], template)
    if isinstance(template, Mapping):
        return {name: fill(value, values) for name, value in template.items()}
    if isinstance(template, Sequence):
        return [fill(value, values) for value in template]
    return template


def at(path: str, answer: Any) -> str:
    """What stands at this path of JSON, as text; "" when nothing does."""
    for step in path.split("."):
        if isinstance(answer, Mapping):
            answer = answer.get(step)
        elif isinstance(answer, list) and step.isdecimal() and int(step) < len(answer):
            answer = answer[int(step)]
        else:
            return ""
    return str(answer) if isinstance(answer, str | int) and not isinstance(answer, bool) else ""


def json_object(name: str, text: str) -> dict[str, Any]:
    """The setting as a JSON object; empty when it is not set. Raises WrongSetting."""
    try:
        found = json.loads(text or "{}")
    except ValueError as wrong:
        raise WrongSetting(f"{name} is not JSON: {wrong}.") from wrong
    if not isinstance(found, dict):
        raise WrongSetting(f'{name} must be a JSON object, such as {{"…": "…"}}.')
    return found


def gateways(urls: Sequence[str], described: Mapping[str, Any]) -> list[Gateway]:
    """In the order of their addresses; `described` by host, with the port of an address that names one.

    Raises WrongSetting.
    """
    found = []
    for url in urls:
        scheme, host = parts_of(url)
        if not scheme or not host:
            raise WrongSetting(
                "SMS_URLS: an address must begin with a scheme and a host, such as https://sms.example.org/send."
            )
        check_places(f"SMS_URLS, {host}", url)
        found.append(described_as(f"SMS_GATEWAYS, {host}", url, described[host]) if host in described else Gateway(url))
        if not found[-1].is_plain and not {"to", "to_digits"} & set(PLACE.findall(url)):
            raise WrongSetting(
                f"SMS_URLS: the address with {scheme}:// must say {{to}} where the recipient's number belongs."
            )
    hosts = {parts_of(url)[1] for url in urls}
    if unknown := sorted(set(described) - hosts):
        raise WrongSetting(f"SMS_GATEWAYS describes {unknown[0]}, which no address in SMS_URLS names.")
    return found


def described_as(name: str, url: str, given: Any) -> Gateway:
    """One gateway from its description."""
    if not isinstance(given, dict):
        raise WrongSetting(f"{name}: the description must be a JSON object.")
    if unknown := sorted(set(given) - KEYS):
        raise WrongSetting(f"{name}: «{unknown[0]}» is not known; use {', '.join(sorted(KEYS))}.")
    way, body, headers = given.get("format", JSON), given.get("body", USUAL_BODY), given.get("headers", {})
    if way not in {JSON, FORM}:
        raise WrongSetting(f"{name}: format must be json or form.")
    if not isinstance(body, dict) or not body:
        raise WrongSetting(f"{name}: body must be an object of fields.")
    if way == FORM and not all(isinstance(value, str) for value in body.values()):
        raise WrongSetting(f"{name}: the fields of a form must be texts.")
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        raise WrongSetting(f"{name}: headers must be an object of texts.")
    if not isinstance(given.get("id", ""), str):
        raise WrongSetting(f"{name}: id must be a path such as messages.0.id.")
    used = check_places(name, json.dumps(body, ensure_ascii=False) + url)
    if "text" not in used or not {"to", "to_digits"} & used:
        raise WrongSetting(f"{name}: body must say where {{to}} and {{text}} belong.")
    return Gateway(url, body, way == FORM, headers, given.get("id", "id"))


def check_places(name: str, template: str) -> set[str]:
    """The places that a template names. Raises WrongSetting for one that nothing fills."""
    used = set(PLACE.findall(template))
    if unknown := sorted(used - PLACES):
        raise WrongSetting(
            f"{name}: {{{unknown[0]}}} is not known; use {', '.join(sorted(f'{{{each}}}' for each in PLACES))}."
        )
    return used
