"""What people see and a program overlooks: marks, leftovers, struck rows, names that only look right."""

# ruff: noqa: RUF001  (signs that look alike are what people paste)

from dataclasses import replace

import pytest
from support.workbooks.sheets import (
    AGENTLESS,
    OFFICE,
    PREVIEW,
    PROGRESSIVE,
    changed,
    changed_hours,
    make_workbook,
)

from bulkload.columns import AS_IT_IS, EXAMPLE_CAMPAIGNS
from bulkload.model import ApiVersion, DialingMode, Level
from bulkload.rules.validate import validate

V1, V2 = ApiVersion.V1, ApiVersion.V2


def problems(*rows, hours=(OFFICE,), version=V2):
    return validate(make_workbook(list(rows), hours), version).problems


def codes(*rows, **options):
    return [(problem.cell, problem.code) for problem in problems(*rows, **options)]


# --- names that look right ---------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["name", "contact_lists", "dnc_list", "queue"])
@pytest.mark.parametrize(
    ("character", "named"),
    [("\xa0", "a no-break space"), ("\u202f", "a narrow no-break space"), ("\u2007", "a figure space")],
)
def test_a_space_that_is_none_is_named_in_a_name(field, character, named):
    (problem, *_) = problems(changed(PREVIEW, **{field: f"US{character}office"}))
    assert problem.code.endswith("no-break-space")
    assert f'contains {named}, after "US", which only looks like a space.' in problem.message
    assert problem.proposals == ("US office",)


def test_a_no_break_space_is_fine_in_what_is_never_compared():
    assert problems(changed(PREVIEW, description="Rappel\xa0: payez", calling_hours="US\xa0office")) == ()
    assert problems(PREVIEW, hours=[changed_hours(OFFICE, name="US\u202foffice")]) == ()


@pytest.mark.parametrize("field", ["name", "description", "queue", "contact_lists"])
def test_the_sign_for_a_lost_character_is_refused(field):
    assert next(
        problem.code for problem in problems(changed(PREVIEW, **{field: "Caf\ufffd loans"}))
    ).endswith("lost-character")


@pytest.mark.parametrize(
    ("typed", "without"),
    [
        ("• Loans", "Loans"),
        ("•\tLoans", "Loans"),
        ("· Loans", "Loans"),
        ("- Loans", "Loans"),
        ("* Loans", "Loans"),
        ("o\tLoans", "Loans"),
        ("\uf0b7\xa0Loans", "Loans"),
        ("Cards\n• Loans", "Cards; Loans"),
    ],
)
def test_a_pasted_bullet_is_refused_with_the_text_after_it(typed, without):
    (problem,) = problems(changed(PREVIEW, contact_lists=typed))
    assert (problem.code, problem.proposals) == ("contact-lists-bullet", (without,))


@pytest.mark.parametrize("typed", ["-Loans", "o Cliente", "Loans - Nov", "*", "A*B"])
def test_a_dash_or_a_letter_that_is_no_bullet_stays(typed):
    assert "bullet" not in "".join(problem.code for problem in problems(changed(PREVIEW, queue=typed)))


def test_an_invisible_character_is_taken_out_of_the_proposal():
    (problem,) = problems(changed(PREVIEW, contact_lists="Cards; Loan\u200bs"))
    assert problem.proposals == ("Cards; Loans",)


# --- one name in two spellings -------------------------------------------------------------------------------


def test_the_rarer_of_two_similar_names_is_the_mistake():
    rows = [
        changed(PREVIEW, name="A", queue="Colections EN"),
        changed(PREVIEW, name="B", max_skips=1),
        changed(PREVIEW, name="C", max_skips=2),
    ]
    (problem,) = problems(*rows)
    assert (problem.level, problem.cell, problem.message, problem.proposals) == (
        Level.WARNING,
        "G2",
        '"Colections EN" is almost the same as "Collections EN" in G3.',
        ("Collections EN",),
    )
    assert len(validate(make_workbook(rows), V2).campaigns) == 3


def test_the_later_of_two_equally_frequent_names_is_the_mistake():
    rows = [PREVIEW, changed(PROGRESSIVE, name="B", contact_lists="Cards; Loan holder")]
    (problem,) = problems(*rows)
    assert (problem.cell, problem.proposals) == ("E3", ("Cards; Loan holders",))


def test_names_of_columns_that_a_mode_does_not_use_are_not_compared():
    rows = [changed(AGENTLESS, queue="Colections EN"), changed(PREVIEW, name="B")]
    assert codes(*rows) == [("G2", "queue-not-used")]


# --- a DNC list is never a contact list ------------------------------------------------------------------------


def test_a_dnc_list_of_any_row_is_not_a_contact_list():
    rows = [changed(PREVIEW, contact_lists="Cards; DNC Global"), changed(PROGRESSIVE, name="B")]
    (problem,) = problems(*rows)
    assert (problem.level, problem.cell, problem.message, problem.proposals) == (
        Level.ERROR,
        "E2",
        '"DNC Global" is a Do Not Call list in F2.',
        ("Cards",),
    )


def test_a_dnc_list_of_a_row_that_is_left_out_counts_too():
    rows = [
        changed(PREVIEW, contact_lists="DNC local"),
        changed(PROGRESSIVE, send="No", dnc_list="DNC local"),
    ]
    (problem,) = problems(*rows)
    assert (problem.code, problem.message, problem.proposals) == (
        "contact-lists-is-a-dnc-list",
        '"DNC local" is a Do Not Call list in F3.',
        (),
    )


# --- rows that are no campaigns -----------------------------------------------------------------------------------


def test_values_filled_down_are_one_sentence_with_the_rows():
    bare = [{"Answering machine detection": False, "Max attempts": n} for n in range(1, 199)]
    found = problems(PREVIEW, *bare)
    assert {problem.message for problem in found} == {
        "Rows 3 to 200 contain only Answering machine detection and Max attempts."
    }
    assert [problem.row for problem in found] == list(range(3, 201))
    assert {problem.level for problem in found} == {Level.ERROR}
    judged = validate(make_workbook([PREVIEW, *bare]), V2)
    assert [campaign.row for campaign in judged.campaigns] == [2]


def test_a_running_number_as_the_name_is_filled_down_too():
    bare = [{"Campaign name": n, "Send": "FALSE" if n < 0 else None, "Priority": 5} for n in range(3)]
    assert {problem.code for problem in problems(*bare)} == {"campaign-name-filled-down"}


def test_two_rows_just_begun_are_not_taken_for_values_filled_down():
    begun = [{"Max attempts": 3, "Priority": 5}] * 2
    assert "filled-down" not in "".join(code for _, code in codes(*begun))


def test_values_filled_down_in_the_calling_hours_are_one_sentence_too():
    found = problems(PREVIEW, hours=[OFFICE, *[{"Frequency": "WEEKLY", "Time zone": "UTC"}] * 4])
    assert {problem.message for problem in found if problem.sheet == "Calling hours"} == {
        "Rows 3 to 6 contain only Frequency and Time zone."
    }


@pytest.mark.parametrize("word", ["Total", "TOTAL", "Summe", "Grand total"])
def test_the_totals_row_of_a_table_is_called_so(word):
    assert codes(PREVIEW, {"Campaign name": word, "Max attempts": 12}) == [("B3", "campaign-name-totals-row")]
    assert codes(PREVIEW, {"Campaign name": word}) == [("B3", "campaign-name-totals-row")]


def test_a_campaign_called_total_is_a_campaign():
    assert problems(changed(PREVIEW, name="Total")) == ()


@pytest.mark.parametrize("mode", DialingMode)
def test_an_example_of_the_template_copied_unchanged_is_refused(mode):
    example = EXAMPLE_CAMPAIGNS[mode]
    row = changed(PROGRESSIVE, name=example.name.upper(), description=example.description)
    assert codes(row) == [("B2", "campaign-name-example-row")]
    assert problems(changed(row, name="Ours")) == ()
    assert problems(changed(row, description="Ours")) == ()


# --- rows struck through, and notes that say no -----------------------------------------------------------------


def struck(rows, sheet="campaigns"):
    workbook = make_workbook(rows)
    return validate(
        replace(workbook, **{sheet: replace(getattr(workbook, sheet), struck_rows=frozenset({2}))}), V2
    )


def test_a_row_struck_through_is_refused_until_send_says_yes_or_no():
    judged = struck([PREVIEW])
    assert [(problem.cell, problem.code, problem.proposals) for problem in judged.problems] == [
        ("A2", "send-struck-through", ("No", "Yes"))
    ]
    assert struck([changed(PREVIEW, send="Yes")]).problems == ()
    assert struck([changed(PREVIEW, send="No")]).left_out == {2: "Loan reminder"}


def test_a_row_of_calling_hours_struck_through_makes_its_name_unusable():
    judged = struck([PREVIEW], "calling_hours")
    assert [(problem.sheet, problem.code) for problem in judged.problems] == [
        ("Campaigns", "calling-hours-faulty-hours"),
        ("Calling hours", "calling-hours-hours-struck-through"),
    ]
    assert judged.campaigns == ()


@pytest.mark.parametrize(
    "note",
    ["Do not send", "DON'T SEND yet", "dont call these", "not approved", "On hold until Monday", "cancelled"],
)
def test_a_note_against_sending_warns_until_send_is_answered(note):
    (problem,) = problems(changed(PREVIEW, notes=note))
    assert (problem.level, problem.code) == (Level.WARNING, "notes-says-not-to-send")
    assert problems(changed(PREVIEW, notes=note, send="Yes")) == ()
    assert problems(changed(PREVIEW, notes=note, send="No")) == ()


@pytest.mark.parametrize("note", ["Ask Dana for the script", "approved by Dana", "sent last year", 5, None])
def test_another_note_says_nothing(note):
    assert problems(changed(PREVIEW, notes=note)) == ()


# --- no waves --------------------------------------------------------------------------------------------------


def test_a_mistyped_mode_hides_no_problem_of_the_mode_meant():
    row = changed(PREVIEW, dialing_mode="Agentles")
    assert codes(row) == [
        ("D2", "dialing-mode-unknown"),
        ("G2", "queue-not-used"),
        ("H2", "experience-flow-empty"),
        ("I2", "max-skips-not-used"),
        ("J2", "answering-machine-detection-empty"),
    ]


def test_a_mode_close_to_none_is_judged_by_what_every_mode_needs():
    assert codes(changed(PREVIEW, dialing_mode="Predictive")) == [("D2", "dialing-mode-unknown")]


def test_a_campaign_with_other_errors_is_not_called_right():
    hours = [changed_hours(OFFICE, days="Someday")]
    fixes = [
        [
            problem.fix
            for problem in problems(row, hours=hours)
            if problem.code == "calling-hours-faulty-hours"
        ]
        for row in (PREVIEW, changed(PREVIEW, max_attempts="lots"))
    ]
    assert fixes == [
        ["Fix row 2 of Calling hours; this row itself is right."],
        ["Fix row 2 of Calling hours."],
    ]


# --- leaving the detection as it is -----------------------------------------------------------------------------


@pytest.mark.parametrize("cell", [AS_IT_IS, "(AS IT IS)", " (as it is) "])
def test_an_update_can_leave_the_detection_as_it_is(cell):
    row = changed(AGENTLESS, machine_detection=cell, campaign_id="cd-1")
    judged = validate(make_workbook([row]), V2)
    assert judged.problems == ()
    assert judged.campaigns[0].machine_detection == AS_IT_IS


def test_a_new_campaign_can_not_leave_the_detection_as_it_is():
    (problem,) = problems(changed(AGENTLESS, machine_detection=AS_IT_IS))
    assert (problem.code, problem.fix) == (
        "answering-machine-detection-as-it-is-without-id",
        "Choose No, Detect or Disconnect.",
    )


# --- full-width characters ----------------------------------------------------------------------------------------


def test_full_width_characters_are_read_where_they_have_one_meaning():
    row = changed(
        PREVIEW,
        dialing_mode="Ｐｒｅｖｉｅｗ",
        caller_id="＋１４１５５５５０１２３",
        max_attempts="３",
        priority="５",
        campaign_id="ｃｄ－１",
    )
    judged = validate(
        make_workbook([row], [changed_hours(OFFICE, start="９：００", days="Ｍｏｎ－Ｆｒｉ")]), V2
    )
    assert judged.problems == ()
    campaign = judged.campaigns[0]
    assert (campaign.caller_id, campaign.max_attempts, campaign.priority, campaign.campaign_id) == (
        "+14155550123",
        3,
        5,
        "cd-1",
    )


def test_a_name_in_full_width_characters_is_kept():
    judged = validate(make_workbook([changed(PREVIEW, queue="顧客Ａ　東京")]), V2)
    assert judged.campaigns[0].queue == "顧客Ａ　東京"


@pytest.mark.parametrize("cell", ["3²", "³1", "１²"])
def test_a_superscript_is_no_digit(cell):
    assert codes(changed(PREVIEW, max_attempts=cell)) == [("O2", "max-attempts-not-a-whole-number")]


# --- proposals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "proposals"),
    [
        ({"dialing_mode": "Prevew"}, ("Preview",)),
        ({"max_attempts": 200}, ("100",)),
        ({"max_attempts": 0}, ("1",)),
        ({"max_attempts": "5.0"}, ("5",)),
        ({"max_attempts": "1,000"}, ()),
        ({"priority": "n/a"}, ("",)),
        ({"machine_detection": "No"}, ("",)),
        ({"contact_lists": "Loans; loans; Cards"}, ("loans; Cards",)),
        ({"contact_lists": "Loans - Nov, Loans - Oct"}, ("Loans - Nov; Loans - Oct",)),
        ({"dnc_list": "A; B"}, ("A", "B")),
        ({"description": "one\ntwo"}, ("one two",)),
        ({"calling_hours": "US ofice"}, ("US office",)),
        ({"caller_id": "0044 20 7946 0958"}, ("+442079460958",)),
        ({"caller_id": "14155550123"}, ()),
    ],
)
def test_a_clear_correction_is_proposed(cells, proposals):
    (problem,) = problems(changed(PREVIEW, **cells))
    assert problem.proposals == proposals
