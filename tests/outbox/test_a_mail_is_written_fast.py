"""The short ways that mails take are the long ways' results: same header lines, same addresses, same parts."""

import string
from email import message_from_bytes, policy
from email.policy import compat32

import pytest
from django.core.mail.message import sanitize_address
from hypothesis import given
from hypothesis import strategies as st

from municipalities.models import Municipality
from outbox.channels.smtp import PLAIN, envelope
from outbox.mails import AsItIs, mail_of
from outbox.models import Message

WORDS = st.text(string.ascii_letters + string.digits + "<>@.;:=\"'/()+-_,%", min_size=1, max_size=20)
NAMES = st.sampled_from(["Subject", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "To", "MIME-Version"])


@given(name=NAMES, words=st.lists(WORDS, min_size=1, max_size=12))
def test_a_header_line_is_what_the_library_would_write(name: str, words: list[str]) -> None:
    value = " ".join(words)
    assert AsItIs(linesep="\r\n").fold_binary(name, value) == compat32.clone(linesep="\r\n").fold_binary(name, value)


@pytest.mark.parametrize("value", ["Ål og brød", "a\r\n b", "x" * 300, "tab\there"])
def test_what_is_not_plain_goes_the_long_way(value: str) -> None:
    assert AsItIs(linesep="\r\n").fold_binary("Subject", value) == compat32.clone(linesep="\r\n").fold_binary(
        "Subject", value
    )


@given(address=st.from_regex(PLAIN, fullmatch=True))
def test_a_plain_address_is_what_the_library_would_give(address: str) -> None:
    assert envelope(address) == sanitize_address(address, "utf-8")


@pytest.mark.parametrize("address", ["Kåre <kare@example.org>", "post@blåbær.example", "Kari <kari@example.org>"])
def test_any_other_address_goes_the_long_way(address: str) -> None:
    assert envelope(address) == sanitize_address(address, "utf-8")


@pytest.mark.parametrize("address", ["", "a@b\r\nRCPT TO:<x@example.org>"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="Invalid address"):
        envelope(address)


def test_a_body_that_looks_like_a_part_stays_one() -> None:
    body = "Hei\n\n--==aaaa==\nContent-Type: text/html\n\n--==aaaa==--\n<b>nei</b> & https://example.org/a?b=1&c=2\nja"
    message = Message(municipality=Municipality(), language="nb", body=body, subject="Hei", address="a@example.org")
    parsed = message_from_bytes(mail_of(message).message().as_bytes(linesep="\r\n"), policy=policy.default)
    plain, page = parsed.iter_parts()
    assert plain.get_content().strip().replace("\r\n", "\n") == body
    assert "&lt;b&gt;nei&lt;/b&gt; &amp; <bdi>" in page.get_content()
    assert '<a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a></bdi><br>ja' in (
        page.get_content()
    )
