"""Forms: native fields, plain errors, links that lead to the field, and nothing typed is lost."""

import re

import pytest
from django import forms
from django.template import Context, Template

from web.forms import PageForm, Problem, Segments, add_errors, described, problems


class Plan(PageForm):
    activity = forms.CharField(label="Activity", help_text="What you do.")
    day = forms.DateField(label="Date")
    start = forms.TimeField(label="From", required=False)
    way = forms.CharField(label="Way", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Kind", widget=Segments, choices=[("a", "A"), ("b", "B")])
    help = forms.MultipleChoiceField(
        label="Help",
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", described("Kari", "<b>at the door</b>"))],
    )
    debrief = forms.BooleanField(label="Debrief", required=False)


def drawn(form: forms.Form) -> str:
    return Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(Context({"form": form}))


def ids(html: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', html)


def test_date_and_time_are_native_and_text_areas_have_no_width_of_their_own() -> None:
    html = drawn(Plan(initial={"start": "16:30"}))
    assert 'type="date"' in html
    assert 'type="time"' in html
    assert "cols=" not in html


def test_optional_fields_say_so_and_required_ones_carry_no_star() -> None:
    html = drawn(Plan())
    assert html.count('class="optional"') == 2  # From and Way; a single box to tick needs no such mark
    assert "*" not in html


def test_errors_name_the_field_and_lead_to_its_first_control() -> None:
    form = Plan({"activity": "", "day": "2027-02-08"})
    assert problems(form) == [
        Problem("Activity", str(form.errors["activity"][0]), "id_activity"),
        Problem("Kind", str(form.errors["kind"][0]), "id_kind_0"),
        Problem("Help", str(form.errors["help"][0]), "id_help_0"),
    ]
    assert {problem.target for problem in problems(form)} <= set(ids(drawn(form)))


def test_every_description_that_is_pointed_to_exists_once() -> None:
    html = drawn(Plan({"day": "no date"}))
    pointed = {name for value in re.findall(r'aria-describedby="([^"]+)"', html) for name in value.split()}
    found = ids(html)
    assert pointed == {"id_activity_helptext", "id_activity_error", "id_day_error", "id_kind_error", "id_help_error"}
    assert [name for name in pointed if found.count(name) != 1] == []
    assert len(found) == len(set(found))


def test_what_was_typed_stays() -> None:
    html = drawn(Plan({"activity": "Baking <bread>", "day": "2027-02-08", "kind": "b", "help": ["1"]}))
    assert 'value="Baking &lt;bread&gt;"' in html
    assert 'value="2027-02-08"' in html
    assert re.search(r'<input[^>]*value="b"[^>]*checked', html)
    assert re.search(r'<input[^>]*name="help"[^>]*checked', html)


def test_words_in_a_choice_are_not_markup() -> None:
    assert "&lt;b&gt;at the door&lt;/b&gt;" in drawn(Plan())


def test_a_refusal_of_a_service_stands_beside_its_field() -> None:
    form = Plan({"activity": "Baking", "day": "2027-02-08", "kind": "a", "help": ["1"]})
    assert form.is_valid()
    add_errors(form, {"day": "That day is taken.", "": "The group is full."})
    assert problems(form) == [
        Problem("", "The group is full.", ""),
        Problem("Date", "That day is taken.", "id_day"),
    ]


@pytest.mark.parametrize("form", [Plan(), None])
def test_a_form_that_was_not_sent_has_nothing_to_put_right(form: Plan | None) -> None:
    assert problems(form) == []
