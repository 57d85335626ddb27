"""The campaigns sheet: what each mode and version needs and forbids, and rows beside each other."""

from datetime import date, datetime, time, timedelta
from itertools import product

import pytest
from support.workbooks.sheets import (
    AGENTLESS,
    OFFICE,
    PREVIEW,
    PROGRESSIVE,
    Told,
    changed,
    changed_hours,
    make_workbook,
    told,
    v1,
)

from bulkload.columns import CAMPAIGN_COLUMNS, HOURS_COLUMNS
from bulkload.model import (
    ApiVersion,
    Block,
    CallingHours,
    Campaign,
    DialingMode,
    ErrorCell,
    Level,
    UncalculatedCell,
)
from bulkload.rules.validate import validate

# ruff: noqa: DTZ001  (Excel's dates have no time zone)
# ruff: noqa: RUF001  (signs that look alike are what people paste)

V1, V2 = ApiVersion.V1, ApiVersion.V2
ROWS = {DialingMode.PREVIEW: PREVIEW, DialingMode.PROGRESSIVE: PROGRESSIVE, DialingMode.AGENTLESS: AGENTLESS}
FILLED = changed(PREVIEW | AGENTLESS, queue="Collections EN", max_skips=3, campaign_id="cd-1")
"""Every cell filled with what is right somewhere."""


def problems(*rows, version=V2, hours=(OFFICE,)):
    return validate(make_workbook(list(rows), hours), version).problems


def said(*rows, version=V2, hours=(OFFICE,)):
    """Problems in short: cell and message."""
    return [(problem.cell, problem.message) for problem in problems(*rows, version=version, hours=hours)]


def messages(*rows, version=V2):
    return [problem.message for problem in problems(*rows, version=version)]


# --- good rows -----------------------------------------------------------------------------------------


def test_good_rows_become_campaigns_with_every_value_typed():
    judged = validate(
        make_workbook([changed(PREVIEW, contact_lists="A; B\nC;", priority=None, max_attempts="5")]), V2
    )
    hours = CallingHours(
        "US office",
        "WEEKLY",
        "America/New_York",
        tuple(Block(day, time(9), time(18)) for day in ("MO", "TU", "WE", "TH", "FR")),
    )
    assert judged.problems == ()
    assert judged.names == {2: "Loan reminder"}
    assert judged.campaigns == (
        Campaign(
            row=2,
            name="Loan reminder",
            description="Reminds of the payment due in December",
            dialing_mode=DialingMode.PREVIEW,
            contact_lists=("A", "B", "C"),
            caller_id="+14155550123",
            calling_hours=hours,
            priority=5,
            dialing_order="FIFO",
            max_attempts=5,
            retry_period=60,
            max_ring_time=30,
            dnc_list="DNC global",
            queue="Collections EN",
            max_skips=3,
        ),
    )


@pytest.mark.parametrize("mode", DialingMode)
def test_a_row_of_each_mode_is_good_in_both_versions(mode):
    assert problems(ROWS[mode]) == ()
    assert problems(v1(ROWS[mode]), version=V1) == ()


def test_whole_numbers_are_ints_however_excel_holds_them():
    campaign = validate(
        make_workbook([changed(PREVIEW, max_skips=0.0, priority="3", retry_period=1440.0)]), V2
    ).campaigns[0]
    numbers = [campaign.max_skips, campaign.priority, campaign.retry_period]
    assert numbers == [0, 3, 1440]
    assert {type(number) for number in numbers} == {int}


@pytest.mark.parametrize(
    "text", ["NA", "None", "null", "1E5", "0012", "=SUM(A1)", "a, b / c | d", "👨‍👩‍👧 ❤️", "قوائم", "顧客"]
)
def test_names_are_kept_character_for_character(text):
    row = changed(
        AGENTLESS,
        name=text,
        description=f"{text}.",
        contact_lists=text,
        dnc_list=f"{text} DNC",
        experience_flow=text,
    )
    campaign = validate(make_workbook([row]), V2).campaigns[0]
    assert (campaign.name, campaign.description) == (text, f"{text}.")
    assert (campaign.contact_lists, campaign.dnc_list, campaign.experience_flow) == (
        (text,),
        f"{text} DNC",
        text,
    )


# --- each mode and version -----------------------------------------------------------------------------


@pytest.mark.parametrize(("version", "mode"), list(product(ApiVersion, DialingMode)))
def test_every_column_that_a_case_needs_is_missed_and_no_other(version, mode):
    needed = [column.heading for column in CAMPAIGN_COLUMNS if (version, mode) in column.needed]
    found = validate(make_workbook([{"Dialing mode": str(mode), "Priority": 3}], hours=()), version).problems
    assert [problem.heading for problem in found] == [
        heading for heading in needed if heading != "Dialing mode"
    ]
    assert {problem.value for problem in found} == {None}


@pytest.mark.parametrize(("version", "mode"), list(product(ApiVersion, DialingMode)))
def test_exactly_the_columns_that_a_case_does_not_use_are_refused(version, mode):
    detection = "No"
    row = changed(FILLED, dialing_mode=str(mode), machine_detection=detection)
    unused = [column.heading for column in CAMPAIGN_COLUMNS if (version, mode) not in column.used]
    assert [problem.heading for problem in problems(row, version=version)] == unused


def test_without_a_mode_only_what_every_mode_needs_is_missed():
    always = [column.heading for column in CAMPAIGN_COLUMNS if column.always_needed]
    found = validate(make_workbook([{"Notes": "later", "Priority": 3}], hours=()), V1).problems
    assert [problem.heading for problem in found] == [
        column.heading
        for column in CAMPAIGN_COLUMNS
        if column.always_needed or column.field == "machine_detection"
    ]
    assert len(always) == len(found) - 1


def test_a_missing_value_names_its_cell_and_what_to_type():
    assert told(problems(changed(PREVIEW, queue="  "))) == (
        Told(
            Level.ERROR,
            "Queue is empty; Preview needs one.",
            "Type the name of the agent queue.",
            sheet="Campaigns",
            row=2,
            column="G",
            heading="Queue",
            value=None,
        ),
    )


def test_an_unused_value_has_only_that_problem():
    assert told(problems(changed(AGENTLESS, queue="Collections EN", max_skips="lots"))) == (
        Told(
            Level.ERROR,
            "Queue is not used with Agentless.",
            "Clear the cell, or check the dialing mode.",
            sheet="Campaigns",
            row=2,
            column="G",
            heading="Queue",
            value="Collections EN",
            proposals=("",),
        ),
        Told(
            Level.ERROR,
            "Max skips is not used with Agentless.",
            "Clear the cell, or check the dialing mode.",
            sheet="Campaigns",
            row=2,
            column="I",
            heading="Max skips",
            value="lots",
            proposals=("",),
        ),
    )


def test_machine_detection_is_of_no_use_in_v2_with_agents():
    assert messages(changed(PREVIEW, machine_detection="Yes")) == [
        "Answering machine detection is not used with Preview in version v2."
    ]


def test_a_dnc_list_in_v1_is_refused():
    assert told(problems(changed(v1(PREVIEW), dnc_list="DNC global"), version=V1)) == (
        Told(
            Level.ERROR,
            "Version v1 of the API has no DNC list, so the people on it would be called.",
            'Choose "api version" v2, which keeps the list.',
            sheet="Campaigns",
            row=2,
            column="F",
            heading="DNC list",
            value="DNC global",
        ),
    )


def test_a_dnc_list_in_v1_is_refused_without_a_mode_too():
    found = messages(changed(v1(PREVIEW), dnc_list="DNC global", dialing_mode=None), version=V1)
    assert found[0].startswith("Dialing mode is empty.")
    assert found[1].startswith("Version v1 of the API has no DNC list")


def test_a_missing_column_is_empty_in_every_row():
    workbook = make_workbook(
        [{key: cell for key, cell in PREVIEW.items() if key != "Queue"}], without=("Queue",)
    )
    assert told(validate(workbook, V2).problems) == (
        Told(
            Level.ERROR,
            'The sheet has no column "Queue"; Preview needs one.',
            "Add a column with this heading and fill it in where it is needed.",
            sheet="Campaigns",
            row=2,
            heading="Queue",
        ),
    )


def test_the_persons_own_columns_and_the_notes_are_never_judged():
    row = changed(PREVIEW, notes=ErrorCell("#REF!")) | {"Owner": UncalculatedCell("A1"), "Cost": 1.5}
    assert problems(row) == ()


# --- one cell ------------------------------------------------------------------------------------------

DETECTED_V1 = {
    "Yes": ["Yes", "yes", "Y", "TRUE", "1", True, 1, 1.0],
    "No": ["No", "NO", "n", "false", "0", False, 0, 0.0],
}
DETECTED_V2 = {
    "No": ["No", "no", "n", "false", "0", False, 0],
    "Detect": ["Detect", "DETECT", " detect "],
    "Disconnect": ["disconnect"],
}


@pytest.mark.parametrize(
    ("meant", "cell"), [(meant, cell) for meant, cells in DETECTED_V1.items() for cell in cells]
)
def test_v1_takes_yes_and_no_in_all_their_forms(meant, cell):
    judged = validate(make_workbook([changed(v1(PREVIEW), machine_detection=cell)]), V1)
    assert judged.campaigns[0].machine_detection == meant


@pytest.mark.parametrize(
    ("meant", "cell"), [(meant, cell) for meant, cells in DETECTED_V2.items() for cell in cells]
)
def test_v2_takes_no_detect_and_disconnect(meant, cell):
    judged = validate(make_workbook([changed(AGENTLESS, machine_detection=cell)]), V2)
    assert judged.campaigns[0].machine_detection == meant


@pytest.mark.parametrize(
    "cell", ["Yes", "y", True, 1, "true", "on", 2, "Detekt everything", datetime(2026, 12, 1)]
)
def test_v2_refuses_yes_because_it_could_be_detect_or_disconnect(cell):
    found = problems(changed(AGENTLESS, machine_detection=cell))
    assert [problem.fix for problem in found] == ["Choose No, Detect or Disconnect."]


@pytest.mark.parametrize("cell", ["Detect", "Disconnect", "maybe", 2])
def test_v1_refuses_everything_but_yes_and_no(cell):
    found = problems(changed(v1(PREVIEW), machine_detection=cell), version=V1)
    assert [problem.fix for problem in found] == ["Choose Yes or No."]


def test_an_empty_machine_detection_is_never_no():
    assert messages(changed(AGENTLESS, machine_detection=None)) == [
        "Answering machine detection is empty; Agentless needs it."
    ]


@pytest.mark.parametrize("cell", ["preview", "PREVIEW", " Preview "])
def test_choices_are_taken_in_any_case(cell):
    assert (
        validate(make_workbook([changed(PREVIEW, dialing_mode=cell)]), V2).campaigns[0].dialing_mode
        == "Preview"
    )


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("Prevew", '"Prevew" is not a dialing mode. Did you mean "Preview"?'),
        ("Agent-less", '"Agent-less" is not a dialing mode. Did you mean "Agentless"?'),
        ("Power", '"Power" is not a dialing mode.'),
        ("Prog", '"Prog" is not a dialing mode.'),
        (1, '"1" is not a dialing mode.'),
        (True, '"TRUE" is not a dialing mode.'),
    ],
)
def test_an_unknown_choice_is_refused_with_the_choices_and_the_nearest_one(cell, message):
    row = changed(PREVIEW, dialing_mode=cell, queue=None, max_skips=None)
    found = [problem for problem in problems(row) if problem.heading == "Dialing mode"]
    assert [(problem.message, problem.fix) for problem in found] == [
        (message, "Choose Preview, Progressive or Agentless.")
    ]


@pytest.mark.parametrize("typed", ["FILO", "fifi", "L"])
def test_an_order_that_could_be_either_is_refused_without_a_guess(typed):
    assert messages(changed(PREVIEW, dialing_order=typed)) == [f'"{typed}" is not a dialing order.']


@pytest.mark.parametrize("cell", [5, 5.0, "5", " 5 ", "05"])
def test_a_whole_number_is_taken_as_number_and_as_digits(cell):
    assert validate(make_workbook([changed(PREVIEW, max_attempts=cell)]), V2).campaigns[0].max_attempts == 5


@pytest.mark.parametrize(
    "cell",
    [5.7, True, False, "1,000", "5.0", "1.000", "five", "5 times", "٥", date(2026, 1, 5), time(5)],
)
def test_what_is_no_whole_number_is_refused(cell):
    found = problems(changed(PREVIEW, max_attempts=cell))
    assert [(problem.heading, problem.fix) for problem in found] == [
        ("Max attempts", "Type a whole number from 1 to 100, in digits.")
    ]


@pytest.mark.parametrize(
    ("field", "least", "most"),
    [
        ("max_skips", 0, None),
        ("priority", 1, 5),
        ("max_attempts", 1, 100),
        ("retry_period", 1, 1440),
        ("max_ring_time", 5, 120),
    ],
)
def test_the_limits_of_a_number_are_inside(field, least, most):
    inside = [least] if most is None else [least, most]
    outside = [least - 1, str(least - 1), *([] if most is None else [most + 1])]
    all_day = changed_hours(OFFICE, start="0:00", end="24:00")
    rows = [changed(PREVIEW, **{field: cell}) for cell in inside]
    found = [problem for row in rows for problem in problems(row, hours=[all_day]) if problem.is_error]
    assert found == []
    for cell in outside:
        (problem,) = problems(changed(PREVIEW, **{field: cell}))
        assert problem.message == f"{problem.heading} can't be {cell}."
        assert (
            problem.fix
            == f"Type a whole number{f', {least} or more' if most is None else f' from {least} to {most}'}."
        )


@pytest.mark.parametrize("cell", [10**15, 1e15, "9" * 16, "9" * 5000, float("inf")])
def test_a_number_longer_than_excel_keeps_is_refused(cell):
    assert messages(changed(PREVIEW, max_skips=cell)) == [
        "Max skips has more than 15 digits, and Excel keeps only 15."
    ]


@pytest.mark.parametrize(
    "mark", ["-", "–", "TBD", "tbc", "?", "???", "xxx", "XXX", "...", '"', "〃", "ditto", "''"]
)
def test_what_takes_the_place_of_a_value_is_refused_in_every_column(mark):
    fields = (
        "name",
        "description",
        "contact_lists",
        "dnc_list",
        "queue",
        "max_attempts",
        "caller_id",
        "priority",
    )
    found = problems(changed(PREVIEW, **dict.fromkeys(fields, mark)))
    assert [(problem.heading, problem.is_error) for problem in found if problem.heading != "Description"] == [
        (heading, True)
        for heading in (
            "Campaign name",
            "Contact lists",
            "DNC list",
            "Queue",
            "Caller ID",
            "Priority",
            "Max attempts",
        )
    ]
    assert "Description" in {problem.heading for problem in found}


@pytest.mark.parametrize(
    ("mark", "message", "fix"),
    [
        ("TBD", 'Queue is "TBD", so the real value is still missing.', "Type the name of the agent queue."),
        ("〃", "Queue is 〃, a mark for the value above.", "Type the value itself in every row."),
    ],
)
def test_a_placeholder_says_what_is_missing(mark, message, fix):
    assert [(problem.message, problem.fix) for problem in problems(changed(PREVIEW, queue=mark))] == [
        (message, fix)
    ]


@pytest.mark.parametrize("word", ["NA", "n/a", "None", "null", "nan"])
def test_a_word_for_nothing_is_refused_in_optional_cells_alone(word):
    found = problems(changed(PREVIEW, priority=word, campaign_id=word))
    assert [(problem.heading, problem.fix) for problem in found] == [
        ("Priority", "Leave the cell empty."),
        ("Campaign ID", "Leave the cell empty."),
    ]
    assert [
        problem.level for problem in problems(changed(PREVIEW, queue=word, name=word, contact_lists=word))
    ] == [Level.WARNING] * 2


@pytest.mark.parametrize(
    ("cell", "text"),
    [(2025, "2025"), (2025.0, "2025"), (True, "TRUE"), (False, "FALSE"), (0, "0"), (-3, "-3")],
)
def test_a_whole_number_or_true_where_text_is_meant_becomes_its_text(cell, text):
    campaign = validate(
        make_workbook([changed(PREVIEW, name=cell, queue=cell, contact_lists=cell)]), V2
    ).campaigns[0]
    assert (campaign.name, campaign.queue, campaign.contact_lists) == (text, text, (text,))


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (date(2026, 12, 1), "contains a date, because Excel changed what was typed."),
        (datetime(2026, 12, 1), "contains a date, because Excel changed what was typed."),
        (time(9), "contains a time, because Excel changed what was typed."),
        (1.5, "contains the number 1.5; as a number it has no exact spelling."),
        (1e20, "contains the number 1E+20; as a number it has no exact spelling."),
        (ErrorCell("#N/A"), "shows #N/A, an error of Excel."),
        (UncalculatedCell("B2"), "contains a formula whose result was never saved."),
        ("a\u200bb", 'contains an invisible character: a zero width space, at position 2, after "a".'),
        ("a\u202eb", 'contains an invisible character: a right-to-left override, at position 2, after "a".'),
        ("a\tb", 'contains an invisible character: a tab, at position 2, after "a".'),
    ],
)
@pytest.mark.parametrize("field", ["name", "description", "queue", "contact_lists", "dnc_list"])
def test_what_is_no_text_is_refused_where_text_is_meant(field, cell, message):
    (problem,) = problems(changed(PREVIEW, **{field: cell}))
    assert problem.message == f"{problem.heading} {message}"


def test_lengths_are_counted_as_the_service_counts_them_an_emoji_as_two():
    assert messages(changed(PREVIEW, name="x" * 48, description="y" * 256)) == []
    assert messages(changed(PREVIEW, name="x" * 46 + "😀")) == []
    assert messages(changed(PREVIEW, name="x" * 47 + "😀", description="y" * 257)) == [
        "Campaign name has 49 characters (an emoji counts as two or more); at most 48 are allowed.",
        "Description has 257 characters; at most 256 are allowed.",
    ]


def test_a_line_break_separates_names_and_is_refused_elsewhere():
    assert messages(changed(PREVIEW, description="one\ntwo")) == ["Description contains a line break."]
    campaign = validate(make_workbook([changed(PREVIEW, contact_lists="A\r\nB;C\n;")]), V2).campaigns[0]
    assert campaign.contact_lists == ("A", "B", "C")


@pytest.mark.parametrize("separator", [";", "\n"])
def test_a_second_name_where_one_is_meant_is_refused(separator):
    assert messages(changed(PREVIEW, dnc_list=f"A{separator}B", queue=f"A{separator}B")) == [
        "DNC list takes one name, but this cell contains several.",
        "Queue takes one name, but this cell contains several.",
    ]


def test_separators_alone_are_an_empty_cell():
    assert messages(changed(PREVIEW, contact_lists=" ; ;", queue=";")) == [
        "Contact lists is empty.",
        "Queue is empty; Preview needs one.",
    ]


def test_ten_contact_lists_are_allowed_and_eleven_are_not():
    assert messages(changed(PREVIEW, contact_lists=";".join(f"List {n}" for n in range(10)))) == []
    assert messages(changed(PREVIEW, contact_lists=";".join(f"List {n}" for n in range(11)))) == [
        "Contact lists contains 11 names; at most 10 are allowed."
    ]


def test_a_contact_list_named_twice_in_a_cell_is_refused():
    assert messages(changed(PREVIEW, contact_lists="Loans; Cards; loans")) == [
        'Contact lists contains "Loans" twice.'
    ]


@pytest.mark.parametrize("cell", ["cd-b2c1690-0a1b-497c-9326-1bdd229", "653a1f0c9d", "A_b.c~1"])
def test_a_campaign_id_makes_the_row_an_update(cell):
    assert validate(make_workbook([changed(PREVIEW, campaign_id=cell)]), V2).campaigns[0].campaign_id == cell


@pytest.mark.parametrize("cell", ["two words", "../x", "a/b", "a?b", "-", "cd-1;cd-2", "é"])
def test_what_could_not_stand_in_an_address_is_no_id(cell):
    assert [problem.heading for problem in problems(changed(PREVIEW, campaign_id=cell))] == ["Campaign ID"]


# --- rows beside each other ----------------------------------------------------------------------------


def test_every_row_with_a_repeated_name_lists_the_others():
    rows = [
        changed(PREVIEW, name=name, caller_id=f"+1415555012{n}")
        for n, name in enumerate(["Straße", "STRASSE", "Other", "strasse"])
    ]
    assert said(*rows) == [
        ("B2", 'Campaign name "Straße" is also in B3 and B5.'),
        ("B3", 'Campaign name "STRASSE" is also in B2 and B5.'),
        ("B5", 'Campaign name "strasse" is also in B2 and B3.'),
    ]
    assert [campaign.name for campaign in validate(make_workbook(rows), V2).campaigns] == ["Other"]


def test_a_large_clash_names_five_cells_and_counts_the_rest():
    rows = [changed(PREVIEW, name="Loans", max_skips=n) for n in range(9)]
    assert [message for _, message in said(*rows)][3] == (
        'Campaign name "Loans" is also in B2, B3, B4, B6, B7 and 3 more.'
    )


def test_a_campaign_id_stands_in_one_row_alone():
    rows = [changed(PREVIEW, campaign_id="cd-1"), changed(PROGRESSIVE, name="B", campaign_id="CD-1")]
    assert said(*rows) == [
        ("R2", "Campaign ID cd-1 is also in R3."),
        ("R3", "Campaign ID CD-1 is also in R2."),
    ]


def test_names_that_are_missing_or_unreadable_never_clash():
    rows = [changed(PREVIEW, name=cell) for cell in (None, None, ErrorCell("#N/A"), ErrorCell("#N/A"))]
    assert [message for _, message in said(*rows)] == [
        "Campaign name is empty.",
        "Campaign name is empty.",
        "Campaign name shows #N/A, an error of Excel.",
        "Campaign name shows #N/A, an error of Excel.",
    ]


def test_rows_alike_but_for_the_name_are_warned_of_and_still_sent():
    judged = validate(
        make_workbook(
            [PREVIEW, AGENTLESS | {"Campaign name": "Other"}, changed(PREVIEW, name="Second", notes="x")]
        ),
        V2,
    )
    assert told(judged.problems) == (
        Told(
            Level.WARNING,
            "This row and row 2 are alike except for the name.",
            "If the same people should not be called twice, remove one of them.",
            sheet="Campaigns",
            row=4,
            column="B",
            heading="Campaign name",
            value="Second",
        ),
    )
    assert [campaign.row for campaign in judged.campaigns] == [2, 3, 4]


@pytest.mark.parametrize(
    "field", [column.field for column in CAMPAIGN_COLUMNS if column.field not in {"send", "name", "notes"}]
)
def test_rows_that_differ_in_any_other_cell_are_not_alike(field):
    other = changed(PREVIEW, name="Second", **{field: "9"})
    assert not [message for message in messages(PREVIEW, other) if "alike" in message]


@pytest.mark.parametrize(
    ("row", "field", "cell"),
    [
        (PREVIEW, "calling_hours", "US  OFFICE"),
        (PREVIEW, "contact_lists", "loan  holders"),
        (PREVIEW, "queue", "collections en"),
        (AGENTLESS, "experience_flow", "PAYMENT flow"),
        (PREVIEW, "dnc_list", "dnc GLOBAL"),
        (PREVIEW, "description", "reminds of the  payment due in december"),
    ],
)
def test_rows_that_differ_only_in_case_and_spaces_are_alike(row, field, cell):
    assert messages(row, changed(row, name="Second", **{field: cell})) == [
        "This row and row 2 are alike except for the name."
    ]


def test_what_cannot_be_read_is_like_nothing():
    faulty = changed(PREVIEW, max_attempts="lots")
    assert not [message for message in messages(faulty, changed(faulty, name="Second")) if "alike" in message]


def test_a_description_that_repeats_the_name_is_warned_of_and_still_sent():
    judged = validate(make_workbook([changed(PREVIEW, description="LOAN  reminder")]), V2)
    assert [(problem.level, problem.cell, problem.message) for problem in judged.problems] == [
        (Level.WARNING, "C2", "Description only repeats the campaign's name.")
    ]
    assert len(judged.campaigns) == 1


# --- calling hours ---------------------------------------------------------------------------------------


def test_calling_hours_are_found_whatever_their_case_and_spaces():
    campaign = validate(make_workbook([changed(PREVIEW, calling_hours="us  OFFICE")]), V2).campaigns[0]
    assert campaign.calling_hours.name == "US office"


def test_calling_hours_that_do_not_exist_are_refused_with_the_nearest_name():
    assert told(problems(changed(PREVIEW, calling_hours="US ofice"))) == (
        Told(
            Level.ERROR,
            'The sheet Calling hours has no "US ofice". Did you mean "US office"?',
            "Choose a name from that sheet, or add its rows there.",
            sheet="Campaigns",
            row=2,
            column="L",
            heading="Calling hours",
            value="US ofice",
            proposals=("US office",),
        ),
    )


def test_a_campaign_with_faulty_hours_has_one_problem():
    hours = [
        OFFICE,
        *(changed_hours(OFFICE, days="Sat", start=start) for start in (9, 10, "x", "y", "z", "late")),
    ]
    judged = validate(make_workbook([PREVIEW], hours), V2)
    assert judged.campaigns == ()
    assert [*told(problem for problem in judged.problems if problem.sheet == "Campaigns")] == [
        Told(
            Level.ERROR,
            '"US office" has mistakes in the sheet Calling hours.',
            "Fix rows 3, 4, 5, 6, 7 and 1 more of Calling hours; this row itself is right.",
            sheet="Campaigns",
            row=2,
            column="L",
            heading="Calling hours",
            value="US office",
        )
    ]


# --- the whole ---------------------------------------------------------------------------------------------


def test_every_problem_is_found_at_once_by_row_and_column():
    rows = [
        changed(PREVIEW, name="x" * 49, dialing_order="FIFA", max_attempts="lots", calling_hours="Nowhere"),
        PREVIEW,
        changed(AGENTLESS, name="C", caller_id=14155550123, queue="Q", priority=9, retry_period=None),
    ]
    found = validate(make_workbook(rows, first_row=7), V2)
    assert [problem.cell for problem in found.problems] == ["B7", "L7", "N7", "O7", "G9", "K9", "M9", "P9"]
    assert [campaign.row for campaign in found.campaigns] == [8]
    assert found.names == {7: "x" * 49, 8: "Loan reminder", 9: "C"}


def test_the_name_of_every_row_is_told_as_the_person_sees_it():
    rows = [changed(PREVIEW, name=cell) for cell in (" A ", 2025, None, ErrorCell("#N/A"), date(2026, 12, 1))]
    assert validate(make_workbook(rows), V2).names == {2: "A", 3: "2025", 4: "", 5: "#N/A", 6: "2026-12-01"}


@pytest.mark.parametrize("version", ApiVersion)
def test_sheets_without_a_row_have_no_problems(version):
    judged = validate(make_workbook([], hours=()), version)
    assert (judged.campaigns, judged.problems, dict(judged.names)) == ((), (), {})


ODD_CELLS = (
    *(ErrorCell("#N/A"), UncalculatedCell("A1"), "\u200bx\u200by", 1e300, float("inf"), -1, True, 0.5),
    *(
        date(2026, 1, 1),
        time(9),
        timedelta(days=-1),
        "x" * 32_767,
        "{}",
        "\x00",
        "\ud800",
        ";" * 1_000,
        "Mon," * 8_000,
    ),
)


@pytest.mark.parametrize("field", [column.field for column in CAMPAIGN_COLUMNS])
def test_any_cell_of_the_campaigns_is_validated_without_an_error(field):
    rows = [changed(PREVIEW, **({"name": f"Row {n}"} | {field: cell})) for n, cell in enumerate(ODD_CELLS)]
    judged = validate(make_workbook(rows), V2)
    faulty = {problem.row for problem in judged.problems if problem.is_error}
    assert [campaign.row for campaign in judged.campaigns] == [
        row for row in judged.names if row not in faulty
    ]


@pytest.mark.parametrize("field", [column.field for column in HOURS_COLUMNS])
def test_any_cell_of_the_calling_hours_is_validated_without_an_error(field):
    hours = [
        changed_hours(OFFICE, **({"name": f"Office {n}"} | {field: cell})) for n, cell in enumerate(ODD_CELLS)
    ]
    rows = [changed(PREVIEW, name=f"Row {n}", calling_hours=f"Office {n}") for n in range(len(ODD_CELLS))]
    judged = validate(make_workbook(rows, hours), V2)
    faulty = {problem.row for problem in judged.problems if problem.is_error and problem.sheet == "Campaigns"}
    assert [campaign.row for campaign in judged.campaigns] == [
        row for row in judged.names if row not in faulty
    ]


@pytest.mark.parametrize(
    ("shown", "number"),
    [
        (datetime(1900, 1, 3), "3"),
        (datetime(1900, 2, 28), "59 or 60"),
        (datetime(1900, 3, 1), "61"),
        (datetime(1903, 12, 10), "1440"),
        (datetime(1904, 1, 4), "3"),
    ],
)
def test_a_number_formatted_as_a_date_is_called_a_number(shown, number):
    found = [(problem.message, problem.fix) for problem in problems(changed(PREVIEW, retry_period=shown))]
    assert found == [
        (
            (
                f"Retry period (minutes) is the number {number}, but the cell's format shows it as the date "
                f"{shown:%Y-%m-%d}."
            ),
            "Set the cell's format to General and type the number again.",
        )
    ]


def test_a_date_of_our_time_is_no_number():
    shown = datetime(2026, 3, 1)
    assert [problem.message for problem in problems(changed(PREVIEW, retry_period=shown))] == [
        'Retry period (minutes) must be a whole number; "2026-03-01" is not one.'
    ]


@pytest.mark.parametrize("heading", ["Campaign name", "Queue", "Max attempts", "Notes", "Owner"])
def test_a_note_under_the_table_is_one_problem_at_its_cell(heading):
    workbook = make_workbook([PREVIEW | {"Owner": "Dana"}, {heading: "Lists are from Dana"}])
    judged = validate(workbook, V2)
    assert told(judged.problems) == (
        Told(
            Level.ERROR,
            'Only one cell of this row is filled: "Lists are from Dana".',
            "If it is a note, delete it or move it above the headings. Otherwise fill in the rest.",
            sheet="Campaigns",
            row=3,
            column=workbook.campaigns.letters[heading],
            heading=heading,
            value="Lists are from Dana",
        ),
    )
    assert [campaign.row for campaign in judged.campaigns] == [2]
    assert list(judged.names) == [2, 3]


@pytest.mark.parametrize(
    ("lists", "elsewhere", "warned"),
    [
        ("Loan holders - Nov, Loan holders - Oct", "Cards", True),
        ("Cards; Loans, Garages", "loans", True),
        ("Willkommen, DE/AT/CH", "Willkommen", True),
        ("Willkommen, DE/AT/CH", "Cards", False),
        ("Loan holders; Loan takers", "Cards", False),
        ("Loans,", "Cards", False),
    ],
)
def test_a_comma_that_seems_to_separate_names_is_a_warning(lists, elsewhere, warned):
    other = changed(PROGRESSIVE, name="Second", contact_lists=elsewhere)
    judged = validate(make_workbook([changed(PREVIEW, contact_lists=lists), other]), V2)
    assert [problem.heading for problem in judged.problems] == (["Contact lists"] if warned else [])
    assert "; ".join(judged.campaigns[0].contact_lists) == lists


@pytest.mark.parametrize("lists", ["N/A; Loans", "Loans; n/a", "Loans\nN/A"])
def test_a_word_for_nothing_among_several_names_is_warned_of_and_sent(lists):
    judged = validate(make_workbook([changed(PREVIEW, contact_lists=lists)]), V2)
    name = "n/a" if "n/a" in lists else "N/A"
    assert [problem.message for problem in judged.problems] == [
        f'Contact lists "{name}" is read as the name of something at Kore.ai.'
    ]
    assert set(judged.campaigns[0].contact_lists) == {"Loans", name}


@pytest.mark.parametrize("sign", ["\uff1b", "\ufe54", "\u061b", "\u037e"])
@pytest.mark.parametrize("field", ["contact_lists", "dnc_list", "queue"])
def test_a_sign_that_looks_like_a_semicolon_is_a_warning(field, sign):
    judged = validate(make_workbook([changed(PREVIEW, **{field: f"A{sign}B"})]), V2)
    assert [(problem.level, problem.message.partition(" contains ")[2]) for problem in judged.problems] == [
        (
            Level.WARNING,
            (f'"{sign}", which looks like a semicolon; the text is read as one name.'),
        )
    ]
    assert getattr(judged.campaigns[0], field) in {f"A{sign}B", (f"A{sign}B",)}


@pytest.mark.parametrize("word", ["none", "N/A", "nil"])
def test_a_word_for_nothing_as_a_name_is_warned_of_and_sent(word):
    judged = validate(make_workbook([changed(PREVIEW, dnc_list=word)]), V2)
    assert [problem.message for problem in judged.problems] == [
        f'DNC list "{word}" is read as the name of something at Kore.ai.'
    ]
    assert judged.campaigns[0].dnc_list == word


# --- rows that are left out ------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["No", "no", "N", "FALSE", False, 0, "0"])
def test_a_row_whose_send_is_no_is_left_out_and_never_judged(cell):
    faulty = changed(PREVIEW, name="Later", max_attempts="lots", queue=None)
    judged = validate(make_workbook([PREVIEW, changed(faulty, send=cell)]), V2)
    assert judged.problems == ()
    assert [campaign.row for campaign in judged.campaigns] == [2]
    assert judged.names == {2: "Loan reminder", 3: "Later"}
    assert judged.left_out == {3: "Later"}


@pytest.mark.parametrize("cell", [None, "", "Yes", "yes", "y", True, 1, "TRUE"])
def test_a_row_whose_send_is_yes_or_empty_is_sent(cell):
    judged = validate(make_workbook([changed(PREVIEW, send=cell)]), V2)
    assert (judged.problems, judged.left_out) == ((), {})
    assert len(judged.campaigns) == 1


def test_a_row_that_is_left_out_clashes_with_no_other():
    judged = validate(make_workbook([PREVIEW, changed(PREVIEW, send="No")]), V2)
    assert (judged.problems, len(judged.campaigns), judged.left_out) == ((), 1, {3: "Loan reminder"})


@pytest.mark.parametrize("cell", ["maybe", 2, "later"])
def test_a_send_that_is_neither_yes_nor_no_is_refused(cell):
    judged = validate(make_workbook([changed(PREVIEW, send=cell)]), V2)
    assert [(problem.heading, problem.is_error) for problem in judged.problems] == [("Send", True)]
    assert judged.campaigns == ()
