"""The template as a file: made anew the same, safe to hand over, within Excel's limits."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from importlib import resources
from pathlib import Path

import openpyxl
import pytest
from support.office import pages
from support.parts import parts
from support.sheets import AGENTLESS, OFFICE, PREVIEW

from bulkload.checking import check
from bulkload.columns import CAMPAIGN_COLUMNS, HOURS_COLUMNS
from bulkload.errors import WorkbookError
from bulkload.model import ApiVersion, DialingMode, ErrorCell
from bulkload.rules.kinds.days import read_days
from bulkload.rules.kinds.zones import read_zone
from bulkload.sandbox.fixtures import KNOWN
from bulkload.workbook.reader.read import read
from bulkload.workbook.template.examples import HOURS_EXAMPLES, campaign_examples
from bulkload.workbook.template.grid import (
    CAMPAIGNS,
    FIRST_COLUMN,
    FIRST_ROW,
    HEADING_ROW,
    HOURS,
    PREPARED_ROWS,
)
from bulkload.workbook.template.lists import day_words, time_zones
from bulkload.workbook.template.status import Row
from bulkload.workbook.template.validation import LONGEST_MESSAGE, LONGEST_TITLE, input_message
from bulkload.workbook.template.write import write_template
from bulkload.workbook.writer.cell_formats import needed_words, title

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
        ("Campaigns", "visible"),
        ("Calling hours", "visible"),
        ("Examples", "visible"),
        ("Instructions", "visible"),
        ("Lists", "hidden"),
    ]


@pytest.mark.parametrize(
    ("name", "columns"), [("Campaigns", CAMPAIGN_COLUMNS), ("Calling hours", HOURS_COLUMNS)]
)
def test_headings_and_the_line_above_them_come_from_the_column_table(book, name, columns):
    above, headings = book[name].iter_rows(min_row=HEADING_ROW - 1, max_row=HEADING_ROW, values_only=True)
    width = FIRST_COLUMN + len(columns)
    assert headings[:width] == ("Status", "What to fix", *map(title, columns))
    assert [" ".join(words.split()) for words in above[FIRST_COLUMN:width]] == list(
        map(needed_words, columns)
    )
    assert book[name].freeze_panes == f"D{HEADING_ROW + 1}"


def test_words_above_a_heading_are_broken_before_they_reach_the_next_column(book):
    sheet = book["Campaigns"]
    queue = sheet.cell(HEADING_ROW - 1, CAMPAIGNS.index("Queue") + 1)
    assert (queue.value, queue.alignment.wrap_text) == ("for Preview and\nProgressive", True)
    assert sheet.row_dimensions[HEADING_ROW - 1].height == 26.25


def test_the_line_above_the_headings_says_for_which_modes_a_column_is_needed():
    assert {column.heading: needed_words(column) for column in CAMPAIGN_COLUMNS} == {
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
    assert [cells["Campaigns"][place].value for place in ("B3", "C3")] == ["✓ Ready: 0", "✗ To fix: 0"]


def test_every_prepared_row_has_its_two_formulas_within_excels_limit(book):
    for name, grid in (("Campaigns", CAMPAIGNS), ("Calling hours", HOURS)):
        formulas = [cell.value for row in book[name].iter_rows(min_row=FIRST_ROW, max_col=2) for cell in row]
        assert len(formulas) == 2 * PREPARED_ROWS
        assert all(formula.startswith("=") and len(formula) < 8192 for formula in formulas)
        assert formulas[-1] == Row(grid, FIRST_ROW + PREPARED_ROWS - 1).what_to_fix


def test_a_formula_is_written_once_for_all_prepared_rows_and_shared_by_reference(template):
    content = parts(template)["xl/worksheets/sheet1.xml"][1].decode()
    shared = re.findall(r'<c r="([AB]\d+)" s="\d+"><f t="shared" si="([01])"(/?)', content)
    rows = [str(row) for row in range(FIRST_ROW, FIRST_ROW + PREPARED_ROWS)]
    assert shared == [
        (f"{column}{row}", group, "" if row == rows[0] else "/")
        for row in rows
        for column, group in (("A", "0"), ("B", "1"))
    ]
    assert re.findall(r' ref="([A-Z]\d+:[A-Z]\d+)">', content) == [
        f"A{rows[0]}:A{rows[-1]}",
        f"B{rows[0]}:B{rows[-1]}",
    ]
    assert template.stat().st_size < 100_000


def test_a_cell_that_shares_a_formula_has_an_empty_result_of_its_own(template):
    for sheet in ("sheet1", "sheet2"):
        content = parts(template)[f"xl/worksheets/{sheet}.xml"][1].decode()
        results = re.findall(r'<f t="shared"[^/>]*(?:/>|>[^<]*</f>)<v>([^<]*)</v>', content)
        assert results == [""] * 2 * PREPARED_ROWS


def test_a_shared_formula_holds_nothing_that_excel_does_not_share():
    """MS-XLSB, SharedParsedFormula: no cells of other sheets, no unions, no lists in braces, no range between calls."""
    for grid in (CAMPAIGNS, HOURS):
        row = Row(grid, FIRST_ROW)
        for formula in (row.status, row.what_to_fix):
            code = re.sub(r'"(?:[^"]|"")*"', '""', formula)
            assert not set("![]{}#@") & set(code)
            assert not re.search(r"\)\s*:|:\s*[A-Z]+\(|\(\s*\$?[A-Z]+\$?\d+\s*,[^()]*\)\s*:", code)
            assert re.findall(r"[A-Za-z_]+:[A-Za-z_]+", code) == []


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


def test_every_column_has_its_message_and_no_dropdown_blocks_what_the_loader_accepts(book):
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
        column.heading: book["Campaigns"].cell(FIRST_ROW, CAMPAIGNS.index(column.heading) + 1).number_format
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


def test_an_example_of_each_mode_copied_into_the_sheets_is_a_good_campaign(tmp_path):
    path = tmp_path / "copied.xlsx"
    write_template(
        path,
        campaigns=[cells for _, cells in campaign_examples()],
        calling_hours=[cells for _, cells in HOURS_EXAMPLES],
    )
    report = check(path, version=ApiVersion.V2).report()
    assert [outcome.problems for outcome in report.outcomes] == [()] * len(DialingMode)
    assert report.problems == ()


def test_every_time_zone_of_the_template_is_known_and_every_known_one_is_in_it():
    offered, others = time_zones()
    assert not [zone for zone in (*offered, *others) if read_zone(zone).value != zone]
    known = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    missing = {zone for zone in known if read_zone(zone).value} - {*offered, *others}
    # A later release of tzdata may bring a name or two that the template does not know yet.
    assert len(missing) <= 5
    assert len(offered) > 400


def test_every_word_for_a_day_that_the_template_knows_is_accepted_by_the_rules():
    assert [word for word in day_words() if read_days(word).finding] == []


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


def test_more_rows_than_are_prepared_are_refused(tmp_path):
    with pytest.raises(ValueError, match="500 prepared rows; 501 were given"):
        write_template(tmp_path / "full.xlsx", campaigns=[PREVIEW] * 501)
    assert list(tmp_path.iterdir()) == []


def test_a_template_replaces_the_file_of_its_name(tmp_path, template):
    path = tmp_path / "campaigns.xlsx"
    path.write_text("something else")
    write_template(path)
    assert path.read_bytes() == template.read_bytes()
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_template_prints_its_first_rows_and_a_full_one_all_of_them(tmp_path, book):
    assert book["Campaigns"].print_area == "'Campaigns'!$A$1:$T$45"
    write_template(tmp_path / "t.xlsx", campaigns=[{"Campaign name": f"C {row}"} for row in range(60)])
    filled = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert filled["Campaigns"].print_area == "'Campaigns'!$A$1:$T$65"
    assert filled["Calling hours"].print_area == "'Calling hours'!$A$1:$H$45"


def test_what_to_fix_shows_its_beginning_and_four_lines(book):
    sheet = book["Campaigns"]
    assert (sheet["B6"].alignment.vertical, sheet["B6"].alignment.wrap_text) == ("top", True)
    assert (sheet.row_dimensions[6].height, sheet.column_dimensions["B"].width) > (50, 60)


def test_every_sheet_of_the_template_can_be_printed_by_libreoffice(template, tmp_path):
    printed = pages(template, tmp_path / "pages", resolution=30)
    assert len(printed) >= 4
    assert all(page.stat().st_size > 1_000 for page in printed)


def test_the_examples_name_only_what_every_sandbox_knows_and_no_campaign_of_the_sample():
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
