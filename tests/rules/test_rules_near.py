"""Near misses: found for one or two slips, not for another word, and as quickly among many names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkload.rules.near import Near

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
        ("FIFA", "FIFO"),
        ("us-ofice", "US office"),
        ("Amercia/NewYrok", "America/New_York"),
        ("Predictive", None),
        ("FI", None),
        ("", None),
        ("---", None),
        ("x" * 30_000, None),
    ],
)
def test_a_slip_is_near_and_another_word_is_not(typed, name):
    assert Near(NAMES).find(typed) == name


def test_the_more_alike_of_two_near_names_is_found():
    assert Near(["Loans", "Loan"]).find("Loanz") == "Loan"
    assert Near(["Sales UK", "Sales Uruk"]).find("Sales Uuk") == "Sales Uruk"


def test_one_slip_is_found_among_ten_thousand_names():
    assert Near(f"Office {number:05}" for number in range(10_000)).find("Ofice 04711") == "Office 04711"


def test_a_hint_fits_behind_a_sentence_and_nothing_near_gives_none():
    near = Near(NAMES)
    assert (near.hint("Prevew"), near.hint("zebra")) == (' Did you mean "Preview"?', "")
    assert Near([]).hint("Prevew") == ""


@given(st.text(alphabet="abcdefgh", min_size=4, max_size=20), st.data())
def test_any_letter_left_out_doubled_or_swapped_is_near(name, data):
    place = data.draw(st.integers(0, len(name) - 2))
    slips = [
        name[:place] + name[place + 1 :],
        name[:place] + name[place] + name[place:],
        name[:place] + name[place + 1] + name[place] + name[place + 2 :],
        name[:place] + "z" + name[place + 1 :],
    ]
    assert [Near([name, "something else"]).find(slip) for slip in slips] == [name] * 4
