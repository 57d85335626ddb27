"""Near misses: found for one or two slips, not for another word, and as quickly among many names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkload.rules.suggestions import LONG_ENOUGH_FOR_TWO, Suggester, _one_slip, _slips

NAMES = ("Preview", "Progressive", "Agentless", "FIFO", "LIFO", "US office", "America/New_York")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Prevew", "Preview"),
        ("Previeew", "Preview"),
        ("Previaw", "Preview"),
        ("Preveiw", "Preview"),
        ("progresive", "Progressive"),
        ("Progrssiv", "Progressive"),
        ("Agent-less", "Agentless"),
        ("fi-fo", "FIFO"),
        ("FIFOO", "FIFO"),
        ("us-ofice", "US office"),
        ("Amercia/NewYrok", "America/New_York"),
        ("Predictive", None),
        ("FIFA", None),
        ("FILO", None),
        ("FI", None),
        ("", None),
        ("---", None),
        ("x" * 30_000, None),
    ],
)
def test_a_slip_is_near_and_another_word_is_not(typed, name):
    assert Suggester(NAMES, are_given=True).find(typed) == name


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Weekdays", "Weekends"),
        ("Team South", "Team North"),
        ("Standard west", "Standard east"),
        ("Region US", "x region"),
        ("Region US", "Region"),
        ("bcdea", "abcde"),
    ],
)
def test_what_is_two_slips_away_is_another_name_of_the_persons_own(name, typed):
    assert Suggester([name]).find(typed) is None


@given(st.text(alphabet="abcd", min_size=5, max_size=9), st.text(alphabet="abcd", min_size=5, max_size=9))
def test_no_offer_is_farther_away_than_what_is_forgiven(name, typed):
    for are_given, forgiven in ((False, 1), (True, 2 if len(typed) >= LONG_ENOUGH_FOR_TWO else 1)):
        if Suggester([name], are_given=are_given).find(typed) is not None:
            assert _slips(typed, name) <= forgiven


@given(st.text(alphabet="abc", max_size=7), st.text(alphabet="abc", max_size=7))
def test_one_slip_is_told_as_by_counting(typed, known):
    assert _one_slip(typed, known) == min(2, _slips(typed, known))


def test_the_nearer_of_two_names_is_found():
    assert Suggester(["US office", "US offices"]).find("US ofice") == "US office"
    assert Suggester(["Loans", "Lo-ans 2"]).find("loans") == "Loans"


@pytest.mark.parametrize(
    ("names", "typed"),
    [
        (["Loans", "Loan"], "Loanz"),
        (["Sales UK", "Sales Uruk"], "Sales Uuk"),
        (["Tuesday", "Thursday"], "Tursday"),
        (["US office", "US-office"], "usoffice"),
    ],
)
def test_of_two_names_that_lie_equally_near_none_is_offered(names, typed):
    assert Suggester(names).find(typed) is None


@pytest.mark.parametrize(
    ("names", "typed"),
    [
        (["Yes", "No"], "on"),
        (["Yes", "No"], "do"),
        (["Yes", "No"], "not"),
        (["EU", "Asia"], "US"),
        (["FIFO", "LIFO"], "FILO"),
    ],
)
def test_a_short_word_is_no_slip_of_another_one(names, typed):
    assert Suggester(names).find(typed) is None


def test_a_short_word_with_other_signs_is_the_same_word():
    assert Suggester(["E.U.", "Asia"]).find("e u") == "E.U."


@pytest.mark.parametrize("typed", ["Team 1", "Team 22", "Team", "Tearn 1"])
def test_a_name_with_other_digits_is_another_name(typed):
    assert Suggester(["Team 2", "Office"]).find(typed) is None


def test_a_slip_beside_the_same_digits_is_near():
    assert Suggester(["Team 1", "Team 2"]).find("Taem 2") == "Team 2"


def test_one_slip_is_found_among_ten_thousand_names():
    assert Suggester(f"Office {number:05}" for number in range(10_000)).find("Ofice 04711") == "Office 04711"


def test_a_hint_fits_behind_a_sentence_and_nothing_near_gives_none():
    near = Suggester(NAMES)
    assert (near.hint("Prevew"), near.hint("zebra")) == (' Did you mean "Preview"?', "")
    assert Suggester([]).hint("Prevew") == ""


@given(st.text(alphabet="abcdefgh", min_size=6, max_size=20), st.data())
def test_any_letter_left_out_doubled_or_swapped_is_near(name, data):
    place = data.draw(st.integers(0, len(name) - 2))
    slips = [
        name[:place] + name[place + 1 :],
        name[:place] + name[place] + name[place:],
        name[:place] + name[place + 1] + name[place] + name[place + 2 :],
        name[:place] + "z" + name[place + 1 :],
    ]
    assert [Suggester([name, "something else"]).find(slip) for slip in slips] == [name] * 4
