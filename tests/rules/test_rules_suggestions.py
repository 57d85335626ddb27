"""Near misses: found for one or two slips, not for another word, and as quickly among many names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkload.rules.suggestions import LONG_ENOUGH_FOR_TWO, Suggester, edits, near_duplicates
from bulkload.text import did_you_mean

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
    assert Suggester(NAMES, fixed_vocabulary=True).suggest(typed) == name


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
def test_what_is_twoedits_away_is_another_name_of_the_persons_own(name, typed):
    assert Suggester([name]).suggest(typed) is None


@given(st.text(alphabet="abcd", min_size=5, max_size=9), st.text(alphabet="abcd", min_size=5, max_size=9))
def test_no_offer_is_farther_away_than_what_is_forgiven(name, typed):
    for are_given, forgiven in ((False, 1), (True, 2 if len(typed) >= LONG_ENOUGH_FOR_TWO else 1)):
        if Suggester([name], fixed_vocabulary=are_given).suggest(typed) is not None:
            assert edits(typed, name) <= forgiven


@given(st.text(alphabet="abc", min_size=5, max_size=8), st.text(alphabet="abc", min_size=5, max_size=8))
def test_one_edit_is_found_exactly_where_counting_finds_it(typed, known):
    assert (Suggester([known]).suggest(typed) is not None) is (edits(typed, known) <= 1)


def test_the_nearer_of_two_names_is_found():
    assert Suggester(["US office", "US offices"]).suggest("US ofice") == "US office"
    assert Suggester(["Loans", "Lo-ans 2"]).suggest("loans") == "Loans"


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
    assert Suggester(names).suggest(typed) is None


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
    assert Suggester(names).suggest(typed) is None


def test_a_short_word_with_other_signs_is_the_same_word():
    assert Suggester(["E.U.", "Asia"]).suggest("e u") == "E.U."


@pytest.mark.parametrize("typed", ["Team 1", "Team 22", "Team", "Tearn 1"])
def test_a_name_with_other_digits_is_another_name(typed):
    assert Suggester(["Team 2", "Office"]).suggest(typed) is None


def test_a_slip_beside_the_same_digits_is_near():
    assert Suggester(["Team 1", "Team 2"]).suggest("Taem 2") == "Team 2"


def test_one_edit_is_found_among_ten_thousand_names():
    assert (
        Suggester(f"Office {number:05}" for number in range(10_000)).suggest("Ofice 04711") == "Office 04711"
    )


def test_a_question_fits_behind_a_sentence_and_nothing_near_gives_none():
    near = Suggester(NAMES)
    assert [did_you_mean(near.suggest(typed)) for typed in ("Prevew", "zebra")] == [
        ' Did you mean "Preview"?',
        "",
    ]
    assert did_you_mean(Suggester([]).suggest("Prevew")) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Colections EN", "Collections EN"),
        ("Loan holder", "Loan holders"),
        ("Loan-holders", "Loan holders"),
        ("DNC globl", "DNC global"),
        ("Payment remnider flow", "Payment reminder flow"),
    ],
)
def test_a_name_typed_in_two_ways_is_found(one, other):
    assert list(near_duplicates(["Cards", one, other])) == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Collections EN", "Collections ES"),
        ("Team A", "Team B"),
        ("Team 1", "Team 2"),
        ("Loan holders - Nov", "Loan holders - Nob"),
        ("Route 66 East", "Route 66 West"),
        ("Region 10000", "Region 10001"),
        ("LOANS", "loans"),
        ("❤", "★"),
    ],
)
def test_names_that_are_told_apart_on_purpose_are_no_mistake(one, other):
    assert list(near_duplicates([one, other])) == []


def test_a_series_of_names_that_differ_in_one_letter_is_no_mistake():
    assert list(near_duplicates(f"List{chr(97 + n)} EN" for n in range(26))) == []


def test_ten_thousand_different_names_are_compared_in_a_moment():
    assert list(near_duplicates(f"Customers of branch {n}" for n in range(10_000))) == []


@given(st.text(alphabet="abcdefgh", min_size=6, max_size=20), st.data())
def test_any_letter_left_out_doubled_or_swapped_is_near(name, data):
    place = data.draw(st.integers(0, len(name) - 2))
    slips = [
        name[:place] + name[place + 1 :],
        name[:place] + name[place] + name[place:],
        name[:place] + name[place + 1] + name[place] + name[place + 2 :],
        name[:place] + "z" + name[place + 1 :],
    ]
    assert [Suggester([name, "something else"]).suggest(slip) for slip in slips] == [name] * 4
