"""What a request must leave behind is written once: with what it did, or alone when that is undone."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.models import User
from audit.models import Event
from audit.services import record
from families.models import Family
from municipalities.middleware import InsideRequest, TransactionMiddleware
from municipalities.models import Municipality
from municipalities.tenancy import activate
from tests.factories import FamilyFactory


@pytest.mark.parametrize(("status", "kept"), [(200, ["Haddad"]), (500, [])])
def test_the_note_stands_whatever_becomes_of_the_request(
    status: int, kept: list[str], lillevik: Municipality, leader: User
) -> None:
    def view(request: InsideRequest) -> HttpResponse:
        request.municipality = lillevik
        activate(lillevik.pk)
        FamilyFactory(municipality=lillevik, name="Haddad")
        request.afterwards.append(lambda: record("look", by=leader, municipality=lillevik))
        return HttpResponse(status=status)

    answer = TransactionMiddleware(view)(RequestFactory().get("/k/9901/"))
    activate(lillevik.pk)
    assert answer.status_code == status
    assert [family.name for family in Family.objects.all()] == kept
    assert [event.verb for event in Event.objects.all()] == ["look"]
