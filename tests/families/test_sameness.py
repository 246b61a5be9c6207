"""When two households seem to be one, in words and points."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from families.rules.sameness import Child, Household, Sign, keys_of, likeness

TESFAY = Household(
    "Tesfay",
    adults=("Selam Tesfay", "Yonas Haile"),
    children=(Child("Bilen", 2018, about=True), Child("Ruta", 2021)),
    phones=frozenset({"+4740000002"}),
    emails=frozenset({"selam@example.org"}),
    address="Moerveien 12 B",
    postcode="1440",
)


def test_one_shared_phone_says_perhaps_and_no_more() -> None:
    other = Household("Lind", adults=("Eva Lind",), phones=TESFAY.phones, children=(Child("Emil", 2012),))
    found = likeness(TESFAY, other)
    assert (found.perhaps, found.likely, found.signs) == (True, False, ((Sign.PHONE, 1),))


@pytest.mark.parametrize(
    ("other", "signs", "perhaps", "likely"),
    [
        (Household("ተስፋይ", adults=("ሰላም ተስፋይ",)), {Sign.FAMILY: 1, Sign.ADULT_SPELT: 1}, True, False),
        (Household("Lind", adults=("Tesfay Selam",)), {Sign.ADULT_SPELT: 1}, True, False),
        (Household("Lind", emails=frozenset({"SELAM@example.org"})), {Sign.EMAIL: 1}, True, False),
        (
            Household("Lind", children=(Child("Ruta", 2021), Child("Bilen", 2019), Child("Liv", 2020))),
            {Sign.CHILD: 2},
            True,
            False,
        ),
        (Household("Lind", children=(Child("Ruta", 2021),)), {Sign.CHILD: 1}, False, False),
        (Household("Tesfai", children=(Child("Ruta"),)), {Sign.FAMILY: 1, Sign.CHILD_NAME: 1}, False, False),
        (
            Household("Tesfai", address="moerveien 12B", postcode="1440"),
            {Sign.FAMILY: 1, Sign.HOME: 1},
            True,
            False,
        ),
        (
            Household("Tesfai", adults=("Selam Tesfay",), children=(Child("Ruta", 2021),)),
            {Sign.FAMILY: 1, Sign.ADULT: 1, Sign.CHILD: 1},
            True,
            True,
        ),
        # The same names, and other children: two families.
        (
            Household("Tesfay", adults=("Selam Tesfay",), children=(Child("Emil", 2012),)),
            {Sign.FAMILY: 1, Sign.ADULT: 1},
            False,
            False,
        ),
        (Household("Tesfay"), {Sign.FAMILY: 1}, False, False),
        (Household(""), {}, False, False),
    ],
)
def test_what_speaks_for_it(other: Household, signs: dict[Sign, int], perhaps: bool, likely: bool) -> None:
    found = likeness(TESFAY, other)
    assert (dict(found.signs), found.perhaps, found.likely) == (signs, perhaps, likely)


PEOPLE = st.sampled_from(
    ["Selam Tesfay", "ሰላም ተስፋይ", "Tesfai Salam", "Mohammed Ali", "Muhamad Aly", "محمد علي", "Ali", "", "Eva Lind"]
)
CHILDREN = st.builds(
    Child,
    st.sampled_from(["Bilen", "Belen", "ቢለን", "Ruta", "Rutha", "Emil", ""]),
    st.one_of(st.none(), st.integers(2015, 2019)),
    st.booleans(),
)
HOUSEHOLDS = st.builds(
    Household,
    st.sampled_from(["Tesfay", "Tesfai", "Lind", "تسفاي", ""]),
    st.lists(PEOPLE, max_size=4).map(tuple),
    st.lists(CHILDREN, max_size=5).map(tuple),
    st.frozensets(st.sampled_from(["+4740000001", "+4740000002"])),
    st.frozensets(st.sampled_from(["a@example.org", "A@example.org"])),
    st.sampled_from(["", "Moerveien 12", "moerveien 12"]),
)


@settings(max_examples=400, deadline=None)
@given(HOUSEHOLDS, HOUSEHOLDS, st.randoms(use_true_random=False))
def test_neither_order_matters(one: Household, other: Household, chance: random.Random) -> None:
    def shuffled(household: Household) -> Household:
        adults, children = list(household.adults), list(household.children)
        chance.shuffle(adults)
        chance.shuffle(children)
        return Household(
            household.name,
            tuple(adults),
            tuple(children),
            household.phones,
            household.emails,
            household.address,
            household.postcode,
        )

    found = likeness(one, other)
    assert likeness(other, one) == found
    assert likeness(shuffled(one), shuffled(other)) == found
    assert keys_of(shuffled(one)) == keys_of(one)


@settings(max_examples=200, deadline=None)
@given(HOUSEHOLDS)
def test_nobody_is_more_like_a_family_than_itself(one: Household) -> None:
    assert likeness(one, one).score >= likeness(one, Household("Ukjent", phones=one.phones)).score
