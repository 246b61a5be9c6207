"""A name is one name in every spelling and script; Python and the database fold it alike."""

import hashlib

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.rules import letters
from families.rules.names import same_name, words_of

SAME = [
    ("Mohammed", "Muhamad"),
    ("Mohammed Ali", "محمد علي"),
    ("Mohamed Ahmed", "Ahmad Mohammad"),
    ("Zahra Ahmadi", "زهرا احمدی"),
    ("Yusuf Hassan", "يوسف حسن"),
    ("Selam Tesfay", "ሰላም ተስፋይ"),
    ("Tigist Hagos", "ትግስት ሓጎስ"),
    ("Julia Shevchenko", "Юлія Шевченко"),
    ("Yuliia Sjevtsjenko", "Юлія Шевченко"),
    ("Bjørn Aas", "Bjorn Ås"),
    ("Kåre Sæther", "Kaare Saether"),
    ("Kari Anne Hanssen", "Hansen Kari"),
    ("Christine Müller", "Kristine Mueller"),
    ("Nguyễn Văn", "Nguyen Van"),
    ("D’Angelo Lie", "Dangelo Lie"),
    ("Huda Al-Masri", "هدى المصري"),
    ("Huda El-Masri", "Almasri Hoda"),
    ("Wiktoria Lind", "Viktoria Lindh"),
]
TWO = [
    ("Hansen Lie", "Jensen Lie"),
    ("Kari Moe", "Kåre Moe"),
    ("Ali Hassan", "Omar Hassan"),
    ("محمد علي", "أحمد علي"),
    ("Kari", "Kari"),
]
LETTERS = st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs",))
NAMES = st.text(
    st.sampled_from("aåæøbchjkmnsxyzAÅÆØ' -.éüñđłıمحديوۀعሰላምትዮ’ШщюєЄяґь79ﷺçӯ") | LETTERS, min_size=1, max_size=30
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_name(one: str, other: str) -> None:
    least = min(2, len(words_of(one)))
    assert same_name(words_of(one), words_of(other), least)
    assert same_name(words_of(other), words_of(one), least)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_names(one: str, other: str) -> None:
    assert not same_name(words_of(one), words_of(other))


def words_in_the_database(name: str) -> list[tuple[str, str, bool]]:
    with connection.cursor() as cursor:
        cursor.execute("select sound, bones, bare from name_words(%s) order by nr", [name])
        return [tuple(row) for row in cursor.fetchall()]


@pytest.mark.parametrize("name", [name for pair in SAME for name in pair])
def test_the_database_folds_the_same(db: None, name: str) -> None:
    assert words_in_the_database(name) == [(word.sound, word.bones, word.bare) for word in words_of(name)]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES)
def test_the_database_folds_anything_the_same(db: None, name: str) -> None:
    assert words_in_the_database(name) == [(word.sound, word.bones, word.bare) for word in words_of(name)]


def test_letters_change_only_with_a_migration() -> None:
    """The functions in the database are made from these tables once: change both, and then this number."""
    told = repr(
        (
            letters.APOSTROPHES,
            letters.ARTICLE,
            letters.BETWEEN,
            letters.FEW_VOWELS,
            letters.LATIN,
            letters.OTHERS,
            letters.VOWELLED,
            letters.DOUBLE,
            letters.SPELLINGS,
            letters.SOUNDS,
            letters.ENDINGS,
            letters.SOFT,
        )
    )
    assert hashlib.sha256(told.encode()).hexdigest()[:12] == "002b33c12ff9"
