"""What is kept of a police certificate: the fields are pinned, in the models and in the forms."""

import hashlib
import json

from django import forms
from django.db import connection, models

from accounts.forms import AskForm, CertificateForm
from accounts.models import Certificate, CertificateRequest
from accounts.rules.purpose import VERSIONS
from planning.models import VolunteerRequest

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
