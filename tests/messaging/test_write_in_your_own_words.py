"""A municipality says it in its own words, sees what families get, and can always go back."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from accounts.models import User
from audit.models import Event
from groups.models import Group
from messaging.kinds import TITLES
from messaging.wording_forms import WordingForm
from municipalities.models import Municipality
from municipalities.tenancy import municipality
from outbox.catalogue import KINDS, LANGUAGES, Template, ours
from outbox.claims import claim
from outbox.models import Message, SignOff, Wording
from outbox.placeholders import ALLOWED, LABELS, REQUIRED, shown, stored
from outbox.preparing import prepared
from outbox.queries import quiet_of
from outbox.services.wordings import WordsChanged, sign_off, write_wording
from outbox.wordings import our_words, read_wordings, wordings
from sessions_log.services.announcements import invite, promise_reminder
from tests.conftest import Browser
from tests.factories import gathering_of
from tests.questions import asked

Browse = Callable[[User | None], Browser]
ROOT = "/k/9901/meldinger/tekster/"
SMS = "Kjære {navn}\nBli med på {aktivitet} {dag} kl. {tid}\n{sted}\n{veien}\nTa med {ta_med}"
ONE_QUESTION = "Still høyst ett spørsmål. Ellers blir bare ett av dem besvart."
TYPED = {"subject": "Bli med på {aktivitet}", "body": SMS, "sms": SMS}
STORED = "Kjære {name}\nBli med på {activity} {day} kl. {clock}\n{place}\n{directions}\nTa med {bring}"


def errors(browser: Browser, kind: str = "invitation", language: str = "nb", **typed: str) -> dict[str, list[str]]:
    """What stands beside the fields; what was typed stays, and nothing is saved."""
    answer = browser.post(f"{ROOT}{kind}/{language}/", {**TYPED, **typed})
    assert answer.status_code == 200
    for field, value in typed.items():
        assert answer.context["form"][field].value() == value
        for sentence in answer.context["form"].errors.get(field, []):
            assert sentence in answer.context["form"][field].errors
    assert not Wording.objects.exists()
    return {field: list(found) for field, found in answer.context["form"].errors.items()}


def test_every_kind_has_a_title_and_placeholders_that_its_own_words_use() -> None:
    assert tuple(TITLES) == tuple(ALLOWED) == KINDS
    assert {name for names in ALLOWED.values() for name in names} == set(LABELS)
    for kind, musts in REQUIRED.items():
        assert {name for names in musts for name in names} <= set(ALLOWED[kind])


@pytest.mark.parametrize("screen", ["nb", "nn", "en"])
def test_placeholders_are_shown_in_the_screens_language_and_understood_in_all(screen: str) -> None:
    every = " ".join(f"{{{name}}}" for name in LABELS)
    with translation.override(screen):
        said = shown(every)
        assert stored(said) == (every, [])
        assert len({str(label) for label in LABELS.values()}) == len(LABELS)
        assert stored("{DAG} {navn} {kva}") == ("{day} {name} {kva}", ["kva"])
    assert ("{dag}" in said) == (screen != "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_words_pass_what_we_ask_of_others(language: str) -> None:
    for kind in KINDS:
        words = our_words(kind, language)
        data = {name: shown(getattr(words, name)) for name in ("subject", "body", "sms")}
        form = WordingForm(data, kind=kind, language=language, words=words)
        assert (kind, form.errors) == (kind, {})
        assert form.words == words


def test_own_words_are_saved_seen_sent_and_taken_back(
    leader: User, coordinator: User, birch: Group, browse: Browse
) -> None:
    browser, gathering = browse(leader), gathering_of(birch, bring="")
    assert "Invitasjon" in browser.get(ROOT).content.decode()
    page = browser.post(f"{ROOT}invitation/nb/", {**TYPED, "see": "1"})
    assert "Kjære Amira" in page.content.decode()
    assert not Wording.objects.exists()  # seen first, and not saved
    assert browser.post(f"{ROOT}invitation/nb/", TYPED).url == f"{ROOT}invitation/nb/"
    saved = Wording.objects.get()
    assert (saved.kind, saved.language, saved.sms, saved.written_by) == ("invitation", "nb", STORED, leader)
    assert "egne ord" in browser.get(ROOT).content.decode()

    families = [birch.memberships.order_by("pk")[0].family]
    invite(gathering=gathering, families=families, generation=1, by=coordinator)
    message = Message.objects.get(kind="invitation")
    assert message.sms.startswith("Kjære Voksen Bli med på Vi baker brød ")
    assert "Ta med" not in message.sms  # nothing to bring: its line is left out
    assert message.subject == "Bli med på Vi baker brød"
    assert message.calendar.startswith("BEGIN:VCALENDAR")

    assert browser.post(f"{ROOT}invitation/nb/tilbake/").url == f"{ROOT}invitation/nb/"
    assert not Wording.objects.exists()
    assert wordings("invitation").template("invitation", "nb") == ours("invitation", "nb", linked=True)
    message.refresh_from_db()
    assert message.sms.startswith("Kjære Voksen")  # what was promised keeps its words
    verbs = Event.objects.filter(verb__contains="wording").order_by("pk").values_list("verb", "user")
    assert list(verbs) == [("write_wording", leader.pk), ("take_back_wording", leader.pk)]
    history = Wording.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", "sms")
    assert list(history) == [("insert", STORED), ("delete", STORED)]


def test_a_reminder_is_written_in_the_words_of_the_hour_it_goes(
    leader: User, coordinator: User, birch: Group, lillevik: Municipality
) -> None:
    gathering = gathering_of(birch)
    person = birch.memberships.order_by("pk")[0].family.people.select_related("family").get(kind="adult")
    invite(gathering=gathering, families=[person.family], generation=1, by=coordinator)
    promise_reminder(gathering, person, quiet=quiet_of(lillevik), by=coordinator)
    words = Template("Vi sees", "Vi sees {day} {clock} {place}", "Vi sees {day} {clock} {place}")
    write_wording(kind="reminder", language="nb", words=words, municipality=lillevik, by=leader, now=timezone.now())
    row = Message.objects.get(kind="reminder")
    noon = row.due_at.replace(hour=16)
    batch = claim(lillevik.pk, [row.pk], noon).ours
    prepared(lillevik.pk, batch, noon)
    row.refresh_from_db()
    assert row.sms.startswith("Vi sees ")
    assert row.subject == "Vi sees"


def test_our_words_saved_again_are_no_wording_of_theirs(leader: User, browse: Browse) -> None:
    with translation.override("nb"):
        words = {name: shown(getattr(ours("welcome", "pl"), name)) for name in ("subject", "body", "sms")}
    assert browse(leader).post(f"{ROOT}welcome/pl/", words).status_code == 302
    assert not Wording.objects.exists()


def test_an_invitation_must_say_what_when_where_and_how(leader: User, browse: Browse) -> None:
    found = errors(browse(leader), sms="Kom på fredag\n{navn}")
    assert found == {
        "sms": [
            "Det må stå hva dere gjør: {aktivitet}.",
            "Det må stå hvilken dag: {dag}.",
            "Det må stå når på dagen: {tid}.",
            "Det må stå hvor: {sted}.",
            "Det må stå hvordan man kommer dit: {veien}.",
        ]
    }


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"sms": f"{SMS}\n{{adresse}}"}, "{adresse} kan ikke settes inn. Velg blant dem på lista."),
        ({"sms": f"{SMS}\n{{kode}}"}, "{kode} er ikke kjent i denne meldingen. Velg blant dem på lista."),
        ({"body": f"{SMS}\n{{navn"}, "Det står en { eller } for mye, eller et mellomrom mellom dem."),
        ({"body": f"{SMS}\n{{ navn }}"}, "Det står en { eller } for mye, eller et mellomrom mellom dem."),
        (
            {"sms": f"{SMS}\nKommer dere? Har dere bil?"},
            "Still høyst ett spørsmål. Ellers blir bare ett av dem besvart.",
        ),
        ({"sms": f"{SMS}\nهل ستأتون؟ متى؟"}, "Still høyst ett spørsmål. Ellers blir bare ett av dem besvart."),
        ({"body": f"{SMS}\nHilsen NAV"}, "«NAV» kan røpe for mye om en familie. La det være borte."),
        (
            {"subject": "Fra barneverntjenesten"},
            "«barneverntjenesten» kan røpe for mye om en familie. La det være borte.",
        ),
        (
            {"subject": "Bli \u202emed"},
            "Det står et usynlig tegn i teksten. Skriv linja for hånd i stedet for å lime den inn.",
        ),
        (
            {"sms": f"{SMS} \x07"},
            "Det står et usynlig tegn i teksten. Skriv linja for hånd i stedet for å lime den inn.",
        ),
        (
            {"sms": SMS.replace("\nTa med", ". Ta med")},
            "Gi {ta_med} en egen linje. Linja faller bort når det ikke er noe å si der.",
        ),
        (
            {"body": f"{SMS}\n13097248022"},
            "Det står et fødselsnummer i teksten. Ta det bort: vi lagrer ikke slike.",
        ),
        ({"subject": ""}, "Fyll ut dette feltet."),
    ],
)
def test_odd_words_get_a_clear_sentence_beside_the_field(
    leader: User, browse: Browse, typed: dict[str, str], sentence: str
) -> None:
    assert errors(browse(leader), **typed) == {next(iter(typed)): [sentence]}


LINKED = "Kom {dag} kl. {start}\n{stedsnavn}\nSvar: {lenke}"


def test_with_the_link_a_text_message_may_leave_the_rest_to_the_page(leader: User, browse: Browse) -> None:
    """When and where are said; a mail has room for all of it, and says it."""
    browser, page = browse(leader), f"{ROOT}invitation/nb/"
    nowhere = "Denne teksten fører ikke til familiens egen side"
    seen = browser.post(page, {**TYPED, "sms": LINKED, "see": "1"})
    assert seen.context["form"].errors == {}
    assert seen.context["text"].sms.endswith("Bjørkehuset Svar: http://localhost:8000/s/…")
    assert seen.context["parts"].characters == len(seen.context["text"].sms) - 1 + 22
    assert nowhere not in seen.content.decode()
    assert nowhere in browser.post(page, {**TYPED, "see": "1"}).content.decode()
    assert nowhere not in browser.get(page).content.decode()  # our words lead there
    assert nowhere not in browser.get(f"{ROOT}cancellation/nb/").content.decode()
    assert errors(browser, body=LINKED)["body"][0] == "Det må stå hva dere gjør: {aktivitet}."
    assert errors(browser, sms="Svar: {lenke}") == {
        "sms": ["Det må stå hvilken dag: {dag}.", "Det må stå når på dagen: {tid}.", "Det må stå hvor: {sted}."]
    }
    alone = "Gi {lenke} en egen linje. Linja faller bort når det ikke er noe å si der."
    assert errors(browser, sms="{dag} {start} {sted} {lenke}") == {"sms": [alone]}
    unknown = "{lenke} er ikke kjent i denne meldingen. Velg blant dem på lista."
    assert errors(browser, kind="cancellation", sms=LINKED)["sms"] == [
        unknown,
        "Det må stå hva dere gjør: {aktivitet}.",
    ]


def test_percent_signs_markup_and_sql_are_words_like_others(leader: User, browse: Browse) -> None:
    odd = f"{SMS}\n100 % <script>alert(1)</script> %(name)s '; drop table"
    page = browse(leader).post(f"{ROOT}invitation/nb/", {**TYPED, "sms": odd, "body": odd, "see": "1"})
    html = page.content.decode()
    assert page.context["text"].sms.endswith("100 % <script>alert(1)</script> %(name)s '; drop table")
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_letter_from_the_right_is_shown_from_the_right(leader: User, browse: Browse) -> None:
    html = browse(leader).get(f"{ROOT}invitation/fa_AF/").content.decode()
    assert 'class="bubble" lang="fa-AF" dir="rtl"' in html
    assert '<textarea name="sms"' in html
    assert html.count('lang="fa-AF" dir="rtl"') >= 4
    assert "67 tegn per del" in html


@pytest.mark.parametrize("path", ["invitation/xx/", "nothing/nb/", "invitation/ckb/"])
def test_letters_that_are_not_there_are_not_found(leader: User, browse: Browse, path: str) -> None:
    for ending in ("", "tilbake/", "lest/"):
        assert browse(leader).post(f"{ROOT}{path}{ending}").status_code == 404


def test_until_somebody_has_read_these_very_words_they_are_marked(
    leader: User, browse: Browse, lillevik: Municipality
) -> None:
    browser, mark = browse(leader), "ikke sjekket av morsmålsbruker"
    page = f"{ROOT}reminder/so/"
    assert mark in browser.get(page).content.decode()
    digest = browser.get(page).context["sign_off_form"]["digest"].value()
    empty = browser.post(f"{page}lest/", {"digest": digest, "read_by": " "})
    assert (empty.status_code, empty.context["sign_off_form"].errors) == (422, {"read_by": ["Fyll ut dette feltet."]})
    browser.post(f"{page}lest/", {"digest": digest, "read_by": "Hodan, tolk"})
    html = browser.get(page).content.decode()
    assert "Hodan, tolk har lest den. Notert av Kari Myhre" in html
    assert mark not in html
    signed = SignOff.objects.get()
    assert (signed.kind, signed.language, signed.read_by, signed.signed_by) == ("reminder", "so", "Hodan, tolk", leader)
    assert read_wordings("reminder", "change").is_checked("reminder", "so")
    assert not read_wordings("reminder", "change").is_checked("change", "so")

    other = Template("Xusuusin", "{day} {clock} {place} a", "{day} {clock} {place} b")
    write_wording(kind="reminder", language="so", words=other, municipality=lillevik, by=leader, now=timezone.now())
    assert mark in browser.get(page).content.decode()  # other words, unread again
    with pytest.raises(WordsChanged):
        sign_off(
            kind="reminder",
            language="so",
            digest=digest,
            read_by="Hodan",
            municipality=lillevik,
            by=leader,
            now=timezone.now(),
        )
    browser.post(f"{page}lest/", {"digest": digest, "read_by": "Hodan, tolk"})
    assert mark in browser.get(page).content.decode()
    browser.post(f"{page}tilbake/")
    assert mark not in browser.get(page).content.decode()  # the words that she read are back


def test_the_database_itself_refuses_half_a_wording(leader: User, lillevik: Municipality) -> None:
    whole = {"kind": "invitation", "language": "nb", "subject": "a", "body": "b", "sms": "c"}
    more = {"municipality": lillevik, "written_by": leader, "written_at": timezone.now()}
    Wording.objects.create(**whole, **more)
    for wrong in ({}, {"kind": "x", "language": "nn"}, {"language": "xx"}, {"language": "nn", "sms": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Wording.objects.create(**{**whole, **wrong}, **more)
    for wrong in ({"read_by": ""}, {"digest": ""}, {"kind": "x"}):
        row = {"kind": "invitation", "language": "so", "digest": "d", "read_by": "Amal", **wrong}
        with pytest.raises(IntegrityError), transaction.atomic():
            SignOff.objects.create(**row, municipality=lillevik, signed_by=leader, signed_at=timezone.now())


def test_another_municipality_has_words_of_its_own(
    leader: User, stranger: User, lillevik: Municipality, storfjell: Municipality, browse: Browse
) -> None:
    browse(leader).post(f"{ROOT}invitation/nb/", TYPED)
    assert wordings("invitation").own != {}
    with municipality(storfjell):
        assert wordings("invitation").own == {}
        for table in ("outbox_wording", "outbox_wordingevent", "outbox_signoff", "outbox_signoffevent"):
            with connection.cursor() as cursor:
                cursor.execute(f"select count(*) from {table}")
                assert cursor.fetchone() == (0,)
    there = browse(stranger).get("/k/9902/meldinger/tekster/invitation/nb/")
    assert "Kjære" not in there.content.decode()
    assert browse(stranger).get(f"{ROOT}invitation/nb/").status_code == 404


def test_the_pages_ask_the_same_few_questions(leader: User, browse: Browse, lillevik: Municipality) -> None:
    browser = browse(leader)
    before = asked(browser, ROOT), asked(browser, f"{ROOT}change/so/")
    words = Template("a", "{activity} {day} {clock} {place} {directions}", "{activity}")
    for kind in ("invitation", "change", "reminder"):
        for language in ("nb", "so"):
            write_wording(
                kind=kind, language=language, words=words, municipality=lillevik, by=leader, now=timezone.now()
            )
    assert (asked(browser, ROOT), asked(browser, f"{ROOT}change/so/")) == before == (5, 7)
