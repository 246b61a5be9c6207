"""What is kept of a police certificate: the fields are pinned, in the models and in the forms."""

import hashlib
import json
from collections.abc import Callable

from django import forms
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models

from accounts.forms import AskForm, CertificateForm
from accounts.models import Certificate, CertificateRequest, User
from accounts.rules.purpose import VERSIONS
from municipalities.models import Municipality
from planning.models import VolunteerRequest
from tests.conftest import Browser
from tests.factories import asked_for_certificate

Browse = Callable[[User | None], Browser]

KEPT = {
    Certificate: {
        "id",
        "municipality",
        "user",
        "role",
        "ground",
        "asked_on",
        "issued_on",
        "shown_on",
        "checked_by",
        "ended_on",
    },
    CertificateRequest: {"id", "municipality", "user", "role", "ground", "text_version", "asked_on", "asked_by"},
    VolunteerRequest: {"id", "municipality", "volunteer", "request"},
}
SHORT = 12


def test_the_fields_are_these() -> None:
    found = {model: {field.name for field in model._meta.get_fields() if field.concrete} for model in KEPT}
    assert found == KEPT


def test_no_file_and_no_text_of_twelve_signs_can_be_kept() -> None:
    for model in KEPT:
        for field in model._meta.concrete_fields:
            assert not isinstance(field, models.FileField | models.TextField | models.BinaryField | models.JSONField)
            if isinstance(field, models.CharField):
                assert field.choices or (field.max_length or SHORT) < SHORT, field


def test_no_file_can_be_reached_from_them() -> None:
    reached: set[type[models.Model]] = set()
    ahead: list[type[models.Model]] = [*KEPT]
    while ahead:
        model = ahead.pop()
        reached.add(model)
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model not in reached:
                ahead.append(field.related_model)
    assert {model._meta.label for model in reached} >= {"accounts.User", "municipalities.Municipality"}
    kinds = models.FileField | models.BinaryField
    assert [
        (model, field) for model in reached for field in model._meta.concrete_fields if isinstance(field, kinds)
    ] == []
    # Nor does anything else of the project keep an uploaded file as one.
    everywhere = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    assert [field for field in everywhere if isinstance(field, models.FileField)] == []


def test_no_page_about_them_takes_a_file(
    lillevik: Municipality, leader: User, coordinator: User, browse: Browse
) -> None:
    asked = asked_for_certificate(coordinator, lillevik, leader, role="volunteer")
    person = f"/k/9901/folk/{coordinator.pk}"
    for url in (
        "/k/9901/folk/",
        f"{person}/politiattest/",
        f"{person}/be-om-politiattest/",
        f"/k/9901/folk/brev/{asked.pk}/",
    ):
        page = browse(leader).get(url)
        assert page.status_code == 200, url
        assert 'type="file"' not in page.content.decode()
        assert "multipart" not in page.content.decode()
    day = {"role": "coordinator", "ground": "other", "issued_on": "2026-10-01", "shown_on": "2026-11-01"}
    file = SimpleUploadedFile("attest.pdf", b"%PDF-1.7 hemmelig")
    browse(leader).post(f"{person}/politiattest/", day | {"file": file, "remark": "hemmelig"})
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(c)::text from accounts_certificate c")
        assert "hemmelig" not in "".join(row[0] for row in cursor.fetchall())


def test_the_forms_ask_for_choices_and_days_alone() -> None:
    allowed = (forms.ChoiceField, forms.DateField)
    fields = {
        form: {name: type(field) for name, field in form.base_fields.items()} for form in (AskForm, CertificateForm)
    }
    assert {form: set(names) for form, names in fields.items()} == {
        AskForm: {"role", "ground"},
        CertificateForm: {"role", "ground", "issued_on", "shown_on"},
    }
    assert all(kind in allowed for names in fields.values() for kind in names.values())


def test_no_history_table_keeps_what_is_deleted(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relname ~ '(certificate|request).*event$' and relkind = 'r'")
        assert cursor.fetchall() == []


def test_a_version_of_the_letter_in_use_is_never_changed() -> None:
    prints = {
        version: hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
        for version, words in VERSIONS.items()
    }
    assert prints == {"2026-1": "351c19c959a5c32a"}
