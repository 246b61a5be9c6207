"""The municipality's settings: what is right is kept, what is wrong is said beside the field."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from audit.models import Event
from municipalities.models import Municipality, QuietDay
from municipalities.tenancy import municipality
from tests.conftest import Browser

RIGHT = {
    "language": "nn",
    "quiet_from": "20:30",
    "quiet_to": "07:30",
    "reminder_at": "15:00",
    "sms_sender": "Lillevik",
    "sms_price_ore": "39",
    "quiet_days": "24.12.2026 Julaften\n\n2026-12-31\r\n 1.3.2027 ",
    "waiting_limit_days": "45",
    "public_form_open": "on",
    "deputy": "",
    "certificate_own_ground": "Eksempelloven § 7",
    "certificate_renewal_months": "36",
    "certificate_renewal_stops": "on",
    "certificate_kept_days": "14",
}


@pytest.mark.parametrize("who", ["leader", "administrator"])
def test_what_is_right_is_kept(
    who: str, lillevik: Municipality, request: pytest.FixtureRequest, browse: Callable[[User], Browser]
) -> None:
    person = request.getfixturevalue(who)
    assert browse(person).post("/k/9901/innstillinger/", RIGHT).url == "/k/9901/innstillinger/"
    assert Municipality.objects.filter(pk=lillevik.pk).values().get() == {
        "id": lillevik.pk,
        "number": "9901",
        "name": "Lillevik",
        "language": "nn",
        "quiet_from": time(20, 30),
        "quiet_to": time(7, 30),
        "reminder_at": time(15, 0),
        "sms_sender": "Lillevik",
        "sms_price_ore": 39,
        "quiet_on_holidays": False,
        "waiting_limit_days": 45,
        "public_form_open": True,
        "certificate_own_ground": "Eksempelloven § 7",
        "certificate_renewal_months": 36,
        "certificate_renewal_stops": True,
        "certificate_kept_days": 14,
    }
    assert list(QuietDay.objects.values_list("municipality", "day", "name")) == [
        (lillevik.pk, date(2026, 12, 24), "Julaften"),
        (lillevik.pk, date(2026, 12, 31), ""),
        (lillevik.pk, date(2027, 3, 1), ""),
    ]
    assert list(Event.objects.values_list("verb", "user", "ids")) == [("change_settings", person.pk, {})]


def test_chosen_days_are_shown_as_they_are_written_here_and_can_be_taken_out(
    lillevik: Municipality, storfjell: Municipality, leader: User, browse: Callable[[User], Browser]
) -> None:
    with municipality(storfjell):
        QuietDay.objects.create(municipality=storfjell, day=date(2026, 12, 23))
    browser = browse(leader)
    browser.post("/k/9901/innstillinger/", RIGHT)
    shown = browser.get("/k/9901/innstillinger/").context["form"]["quiet_days"]
    assert shown.value() == "24.12.2026 Julaften\n31.12.2026\n1.3.2027"
    browser.post("/k/9901/innstillinger/", {**RIGHT, "quiet_days": "24.12.2026 Lille julaften"})
    assert list(QuietDay.objects.values_list("day", "name")) == [(date(2026, 12, 24), "Lille julaften")]
    with municipality(storfjell):
        assert QuietDay.objects.count() == 1


def test_defaults_are_careful(lillevik: Municipality) -> None:
    lillevik.refresh_from_db()
    assert (
        lillevik.waiting_limit_days,
        lillevik.public_form_open,
        lillevik.certificate_renewal_months,
        lillevik.certificate_renewal_stops,
        lillevik.certificate_kept_days,
    ) == (30, False, None, False, 30)


@pytest.mark.parametrize(
    ("field", "value", "beside"),
    [
        ("quiet_to", "20:30", "quiet_to"),
        ("reminder_at", "23:00", "reminder_at"),
        ("sms_sender", "Blåbærkommune", "sms_sender"),
        ("sms_sender", "Lillevik k", "sms_sender"),
        ("sms_sender", "12345", "sms_sender"),
        ("waiting_limit_days", "0", "waiting_limit_days"),
        ("sms_price_ore", "-1", "sms_price_ore"),
        ("sms_price_ore", "1001", "sms_price_ore"),
        ("quiet_days", "julaften", "quiet_days"),
        ("quiet_days", "24.12.2026\n31.2.2027 Finnes ikke", "quiet_days"),
        ("quiet_days", "24.12.2026 " + "x" * 81, "quiet_days"),
        ("quiet_days", "24.12.2026 15849010260", "quiet_days"),
        ("quiet_days", "\n".join(f"{n % 28 + 1}.{n // 28 + 1}.2027" for n in range(101)), "quiet_days"),
        ("certificate_kept_days", "91", "certificate_kept_days"),
        ("certificate_renewal_months", "", "certificate_renewal_months"),
        ("certificate_renewal_months", "1", "certificate_renewal_months"),
        ("language", "xx", "language"),
        ("deputy", "999999", "deputy"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    field: str, value: str, beside: str, lillevik: Municipality, leader: User, browse: Callable[[User], Browser]
) -> None:
    page = browse(leader).post("/k/9901/innstillinger/", {**RIGHT, field: value})
    assert list(page.context["form"].errors) == [beside]
    lillevik.refresh_from_db()
    assert lillevik.language == "nb"
    assert page.context["form"][field].value() == value
    assert not QuietDay.objects.exists()


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"language": "xx"}, "municipality_language_is_known"),
        ({"waiting_limit_days": 0}, "municipality_waiting_limit_is_days"),
        ({"certificate_renewal_months": 1}, "municipality_renewal_is_months"),
        ({"certificate_kept_days": 91}, "municipality_certificates_are_not_kept_long"),
    ],
)
def test_the_database_itself_refuses(values: dict[str, object], refused: str, lillevik: Municipality) -> None:
    with pytest.raises(IntegrityError, match=refused), transaction.atomic():
        Municipality.objects.filter(pk=lillevik.pk).update(**values)
