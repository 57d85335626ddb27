"""The template as a file: made anew the same, safe to hand over, within Excel's limits."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from importlib import resources
from pathlib import Path

import openpyxl
import pytest
from support.program.reports import texts
from support.workbooks.office import pages
from support.workbooks.parts import parts
from support.workbooks.sheets import AGENTLESS, OFFICE, PREVIEW

from bulkload.checking import check
from bulkload.columns import CAMPAIGN_COLUMNS, HOURS_COLUMNS
from bulkload.errors import WorkbookError
from bulkload.model import AccountIdentity, ApiVersion, ErrorCell
from bulkload.rules.kinds.days import parse_days
from bulkload.rules.kinds.zones import parse_zone
from bulkload.sandbox.fixtures import KNOWN
from bulkload.workbook.reader.read import read
from bulkload.workbook.template.account_names import NamesInUse
from bulkload.workbook.template.examples import HOURS_EXAMPLES, campaign_examples
from bulkload.workbook.template.grid import (
    FIRST_ROW,
    HEADING_ROW,
    PREPARED_ROWS,
    campaigns_grid,
    hours_grid,
)
from bulkload.workbook.template.lists import day_words, time_zones
from bulkload.workbook.template.status import LiveRow
from bulkload.workbook.template.validation import LONGEST_MESSAGE, LONGEST_TITLE, input_message
from bulkload.workbook.template.write import write_template
from bulkload.workbook.writer.cell_formats import needed_words, title
from bulkload.workbook.writer.heights import lines

COMMITTED = Path(__file__).parents[2] / "templates" / "campaigns.xlsx"

A_DATE = datetime(2026, 12, 1)  # noqa: DTZ001  (a cell has no zone)

NEWER_FUNCTIONS = re.compile(
    r"\b(LET|LAMBDA|XLOOKUP|TEXTJOIN|CONCAT|IFS|SWITCH|UNIQUE|FILTER|SORT|UNICHAR|IFNA|AGGREGATE|NUMBERVALUE)\("
)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "campaigns.xlsx"
    write_template(path)
    return path


@pytest.fixture(scope="module")
def book(template):
    return openpyxl.load_workbook(template)


def test_the_committed_template_is_what_the_command_writes(template):
    assert parts(COMMITTED) == parts(template), "run: bulkload template templates/campaigns.xlsx --force"


def test_writing_the_template_twice_gives_the_same_bytes(template, tmp_path):
    again = tmp_path / "again.xlsx"
    write_template(again)
    assert again.read_bytes() == template.read_bytes()


def test_the_sheets_stand_in_order_and_the_lists_are_hidden(book):
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("Instructions", "visible"),
        ("Campaigns", "visible"),
        ("Calling hours", "visible"),
        ("Examples", "visible"),
        ("Lists", "hidden"),
    ]


def test_headings_and_the_line_above_them_come_from_the_column_table(book):
    for name, columns in (("Campaigns", CAMPAIGN_COLUMNS), ("Calling hours", HOURS_COLUMNS)):
        rows = book[name].iter_rows(min_row=HEADING_ROW - 1, max_row=HEADING_ROW, values_only=True)
        above, headings = rows
        assert headings == ("Status", *map(title, columns), "What to fix")
        assert [" ".join(words.split()) for words in above[1:-1]] == list(map(needed_words, columns))


def test_frozen_status_and_name_take_a_third_of_a_small_window(book):
    for name, frozen in (("Campaigns", "D6"), ("Calling hours", "C6")):
        sheet = book[name]
        assert sheet.freeze_panes == frozen
        letters = "ABC"[: ord(frozen[0]) - ord("A")]
        # A character is 7 pixels wide, and a column has 5 pixels more.
        pixels = sum(sheet.column_dimensions[letter].width * 7 + 5 for letter in letters)
        assert pixels <= 1366 / 3


def test_words_above_a_heading_are_broken_before_they_reach_the_next_column(book):
    sheet = book["Campaigns"]
    queue = sheet.cell(HEADING_ROW - 1, campaigns_grid().index("Queue") + 1)
    assert (queue.value, queue.alignment.wrap_text) == ("for Preview and\nProgressive", True)
    assert sheet.row_dimensions[HEADING_ROW - 1].height == 26.25


def test_line_above_the_headings_shows_which_modes_need_a_column():
    assert {column.heading: needed_words(column) for column in CAMPAIGN_COLUMNS} == {
        "Send": "optional",
        "Campaign name": "always",
        "Description": "always",
        "Dialing mode": "always",
        "Contact lists": "always",
        "DNC list": "always",
        "Queue": "for Preview and Progressive",
        "Experience flow": "for Agentless",
        "Max skips": "for Preview",
        "Answering machine detection": "for Agentless",
        "Caller ID": "always",
        "Calling hours": "always",
        "Priority": "optional",
        "Dialing order": "always",
        "Max attempts": "always",
        "Retry period (minutes)": "always",
        "Max ring time (seconds)": "always",
        "Campaign ID": "optional",
        "Notes": "optional",
    }


def test_an_untouched_template_holds_no_campaign(template):
    with pytest.raises(WorkbookError, match="has no campaigns"):
        read(template)


def test_an_empty_template_claims_nothing_to_a_reader_that_does_not_calculate(template):
    cells = openpyxl.load_workbook(template, data_only=True)
    shown = {
        cell.value
        for name in ("Campaigns", "Calling hours")
        for row in cells[name].iter_rows(min_row=FIRST_ROW)
        for cell in row
    }
    assert shown == {None}
    assert cells["Campaigns"]["A3"].value == "✓ Ready: 0   ✗ To fix: 0"


def live_rows():
    hours = hours_grid()
    return [LiveRow(grid, hours) for grid in (campaigns_grid(), hours)]


def test_every_prepared_row_has_its_two_formulas_by_name(book):
    for row in live_rows():
        sheet = book[row.grid.sheet]
        for heading, name in (("Status", "status"), ("What to fix", "what_to_fix")):
            column = row.grid.index(heading) + 1
            formulas = [
                sheet.cell(place, column).value for place in range(FIRST_ROW, FIRST_ROW + PREPARED_ROWS)
            ]
            assert formulas == [f"={row.name(name)}"] * PREPARED_ROWS


def test_formula_is_written_once_as_a_name_relative_to_the_row(book, template):
    for row in live_rows():
        for name, expression in row.names():
            assert book.defined_names[name].attr_text == expression
    assert (
        book.defined_names["Campaigns_unused_queue"].attr_text == 'COUNT(SEARCH("Agentless",Campaigns!$E1))>0'
    )
    assert template.stat().st_size < 200_000


def test_names_fit_the_limits_of_excel_and_helpers_those_of_libreoffice():
    """Excel: 8,192 characters in a formula, 64 levels of functions. LibreOffice counts the names written out."""
    for row in live_rows():
        for name, expression in (*row.names(), *((helper.name, text) for helper, text in row.helpers())):
            assert len(expression) < 8_000, name
            assert deepest(expression) <= 64, name


def deepest(expression):
    """How many brackets are open at most, outside of texts."""
    depth = most = 0
    for character in re.sub(r'"(?:[^"]|"")*"', "", expression):
        depth += (character == "(") - (character == ")")
        most = max(most, depth)
    return most


def test_helper_columns_of_two_sheets_share_no_column():
    columns = [helper.column for row in live_rows() for helper, _ in row.helpers()]
    assert len(columns) == len(set(columns))


def test_a_live_cell_has_an_empty_result_of_its_own(template):
    content = parts(template)["xl/worksheets/sheet2.xml"][1].decode()
    results = re.findall(r"<f>Campaigns_(?:status|what_to_fix)</f><v>([^<]*)</v>", content)
    assert results == [""] * 2 * PREPARED_ROWS


def test_formulas_use_no_function_that_excel_2007_lacks(template):
    for name, (_, content) in parts(template).items():
        text = content.decode() if name.endswith(".xml") else ""
        assert "_xlfn" not in text, name
        for formula in re.findall(
            r"<f(?: [^>]*)?>(.*?)</f>|<formula>(.*?)</formula>|<formula1>(.*?)</formula1>", text
        ):
            assert not NEWER_FUNCTIONS.search("".join(formula)), name


def test_input_messages_keep_within_excels_limits_and_hold_the_whole_help():
    for column in (*CAMPAIGN_COLUMNS, *HOURS_COLUMNS):
        assert len(column.heading) <= LONGEST_TITLE, column.heading
        assert len(input_message(column)) <= LONGEST_MESSAGE, column.heading
        assert input_message(column).startswith(column.help), column.heading


def test_every_column_has_its_message_and_no_dropdown_blocks_accepted_values(book):
    for name, columns in (("Campaigns", CAMPAIGN_COLUMNS), ("Calling hours", HOURS_COLUMNS)):
        validations = book[name].data_validations.dataValidation
        assert [validation.promptTitle for validation in validations] == [c.heading for c in columns]
        assert {validation.errorStyle for validation in validations if validation.showErrorMessage} <= {
            None,
            "warning",
        }
        assert all(
            validation.errorStyle == "warning"
            for validation in validations
            if validation.showErrorMessage and validation.type not in {None, "none"}
        )


def test_the_dropdowns_offer_the_choices(book):
    lists = {
        validation.promptTitle: validation.formula1
        for name in ("Campaigns", "Calling hours")
        for validation in book[name].data_validations.dataValidation
        if validation.type == "list"
    }
    assert lists == {
        "Send": '"Yes,No"',
        "Dialing mode": '"Preview,Progressive,Agentless"',
        "Answering machine detection": '"No,Detect,Disconnect"',
        "Calling hours": "Hours_choices",
        "Priority": '"1,2,3,4,5"',
        "Dialing order": '"FIFO,LIFO"',
        "Frequency": '"WEEKLY,DAILY,CUSTOM"',
        "Time zone": "Zone_choices",
        "Day": "Day_choices",
        "Start": "Time_choices",
        "End": "Time_choices",
    }


def test_names_lists_numbers_to_dial_and_ids_are_prepared_as_text(book):
    formats = {
        column.heading: book["Campaigns"]
        .cell(FIRST_ROW, campaigns_grid().index(column.heading) + 1)
        .number_format
        for column in CAMPAIGN_COLUMNS
    }
    general = {heading for heading, number_format in formats.items() if number_format != "@"}
    assert general == {
        "Max skips",
        "Priority",
        "Max attempts",
        "Retry period (minutes)",
        "Max ring time (seconds)",
    }


@pytest.mark.parametrize(
    ("own", "found"), [({"Campaign name": "Mine"}, []), ({}, ["campaign-name-example-row"])]
)
def test_copied_example_is_a_good_campaign_with_its_own_name(own, found, tmp_path):
    path = tmp_path / "copied.xlsx"
    hours = [cells for _, cells in HOURS_EXAMPLES]
    for _, cells in campaign_examples():
        write_template(path, campaigns=[cells | own], calling_hours=hours)
        report = check(path, version=ApiVersion.V2).report()
        assert [problem.code for problem in report.all_problems] == found


def test_template_contains_exactly_the_known_time_zones():
    offered, others = time_zones()
    assert not [zone for zone in (*offered, *others) if parse_zone(zone).value != zone]
    known = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    missing = {zone for zone in known if parse_zone(zone).value} - {*offered, *others}
    # A later release of tzdata may bring a name or two that the template does not know yet.
    assert len(missing) <= 5
    assert len(offered) > 400


def test_every_day_word_of_the_template_is_accepted_by_the_rules():
    assert [word for word in day_words() if word and parse_days(word).finding] == []


def test_cells_given_are_read_back_as_they_were(tmp_path):
    campaigns = [
        PREVIEW | {"Campaign name": "=SUM(A1)", "Notes": "http://example.test", "Caller ID": 14155550123},
        AGENTLESS | {"Campaign name": A_DATE, "Priority": True, "Max attempts": 2.5},
        PREVIEW | {"Campaign name": "0012", "Queue": ErrorCell("#REF!"), "Notes": " NA "},
    ]
    hours = [
        OFFICE | {"Start": time(9, 30), "End": "6 p.m."},
        OFFICE | {"Start": 0.375, "End": timedelta(hours=30)},
    ]
    path = tmp_path / "filled.xlsx"
    write_template(path, campaigns=campaigns, calling_hours=hours)
    book = read(path)
    for sheet, rows in ((book.campaigns, campaigns), (book.calling_hours, hours)):
        given = [{heading: row.get(heading) for heading in sheet.frame.columns} for row in rows]
        assert sheet.frame.to_dict("records") == given
        assert list(sheet.frame.index) == list(range(FIRST_ROW, FIRST_ROW + len(rows)))


def test_as_many_rows_are_prepared_as_are_given(tmp_path):
    path = tmp_path / "full.xlsx"
    write_template(path, campaigns=[PREVIEW | {"Campaign name": f"Campaign {row}"} for row in range(501)])
    sheet = openpyxl.load_workbook(path)["Campaigns"]
    assert (sheet["A506"].value, sheet["C506"].value) == ("=Campaigns_status", "Campaign 500")


def test_a_template_replaces_the_file_of_its_name(tmp_path, template):
    path = tmp_path / "campaigns.xlsx"
    path.write_text("something else")
    write_template(path)
    assert path.read_bytes() == template.read_bytes()
    assert list(tmp_path.iterdir()) == [path]


def test_empty_template_prints_its_first_rows_and_a_full_one_all(tmp_path, book):
    assert book["Campaigns"].print_area == "'Campaigns'!$A$1:$U$45"
    write_template(tmp_path / "t.xlsx", campaigns=[{"Campaign name": f"C {row}"} for row in range(60)])
    filled = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert filled["Campaigns"].print_area == "'Campaigns'!$A$1:$U$65"
    assert filled["Calling hours"].print_area == "'Calling hours'!$A$1:$H$45"


def test_what_to_fix_has_room_for_nine_problems(book):
    sheet = book["Campaigns"]
    nine = "; ".join(["Max ring time (seconds) must be a whole number from 5 to 120"] * 9)
    assert sheet["U6"].alignment.wrap_text
    # Its type is 9 points high, and a column's width counts characters of 11.
    points = 12 * lines(nine, int(sheet.column_dimensions["U"].width * 11 / 9))
    assert points <= sheet.row_dimensions[6].height


def test_an_account_is_named_in_cells_of_its_own_above_the_headings(tmp_path):
    account = AccountIdentity("platform.kore.ai", "st-1", "6777", "acme", "Acme Bank")
    write_template(tmp_path / "t.xlsx", account=account)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["Campaigns"]
    assert [sheet.cell(1, column).value for column in range(4, 9)] == [
        "Account",
        "acme",
        "platform.kore.ai",
        "st-1",
        "6777",
    ]


def test_names_of_an_account_are_offered_and_listed_with_their_counts(tmp_path):
    names = NamesInUse(
        datetime(2026, 11, 28, 14, 2, tzinfo=UTC),
        {"Contact lists": [("Loan holders", 1200), ("Card holders", None)], "Queue": [("Sales", 3)]},
        "Acme Bank",
    )
    write_template(tmp_path / "t.xlsx", names=names)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    offered = {
        validation.promptTitle: validation.formula1
        for validation in book["Campaigns"].data_validations.dataValidation
    }
    assert (offered["Contact lists"], offered["Queue"]) == ("Known_1", "Known_2")
    assert [book.defined_names[name].attr_text for name in ("Known_1", "Known_2")] == [
        "Lists!$I$2:$I$3",
        "Lists!$J$2:$J$2",
    ]
    assert [book["Lists"][cell].value for cell in ("I2", "I3", "J2")] == [
        "Loan holders",
        "Card holders",
        "Sales",
    ]
    assert texts(book["Names at Kore.ai"]) == [
        [f"Names at Kore.ai (Acme Bank) {names.as_of}"],
        ["The dropdowns of the sheet Campaigns offer these names."],
        ["Contact lists", "Contacts", "Queue", "Campaigns"],
        ["Loan holders", 1200, "Sales", 3],
        ["Card holders"],
    ]
    assert re.fullmatch(r"as of 28 Nov \d\d:02 \S+", names.as_of)


def test_the_instructions_say_what_the_workbook_does_not_do(book):
    said = [row[0] for row in texts(book["Instructions"])]
    place = said.index("What this workbook does not do")
    assert said[place + 1].startswith("•  Start and end dates:")


def test_every_sheet_of_the_template_can_be_printed_by_libreoffice(template, tmp_path):
    printed = pages(template, tmp_path / "pages", resolution=30)
    assert len(printed) >= 4
    assert all(page.stat().st_size > 1_000 for page in printed)


def test_examples_use_only_known_sandbox_names_and_no_sample_campaign():
    examples = [cells for _, cells in campaign_examples()]
    known = {
        "Contact lists": KNOWN.contact_lists,
        "DNC list": KNOWN.dnc_lists,
        "Queue": KNOWN.queues,
        "Experience flow": KNOWN.flows,
        "Caller ID": KNOWN.caller_ids,
    }
    named = {
        (heading, name)
        for cells in examples
        for heading in known
        for name in cells.get(heading, "").split("; ")
        if name
    }
    assert {(heading, name) for heading, name in named if name not in known[heading]} == set()
    sample = openpyxl.load_workbook(Path(__file__).parents[2] / "samples" / "campaigns.xlsx")["Campaigns"]
    taken = {cell.value for row in sample.iter_rows() for cell in row}
    assert taken.isdisjoint(cells["Campaign name"] for cells in examples)
