"""All texts survive exactly, from the sheet to the body that is sent: whatever is written into a real workbook."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from support.workbooks.sheets import AGENTLESS, OFFICE, PREVIEW
from support.workbooks.workbook_files import CAMPAIGN_HEADINGS, HOURS_HEADINGS, in_order

from bulkload.columns import DITTO_MARKS, PLACEHOLDERS
from bulkload.kore.body import to_payload
from bulkload.model import ApiVersion
from bulkload.rules.cells import first_invisible, trimmed
from bulkload.rules.kinds.texts import length, parse_name
from bulkload.rules.validate import validate
from bulkload.text import name_key
from bulkload.workbook.reader.read import read

CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp"))
"""What a line may hold; those that mean something to Excel, to XML or to a spreadsheet library come more often."""
TELLING = st.sampled_from("<>&'\"=+-@_xX0159EeNA ,/|{}%\\é❤\U0001f600\xa0\u3000ß")
WORDS = st.sampled_from(
    [
        "NA",
        "None",
        "null",
        "TRUE",
        "0012",
        "1E5",
        "5.0",
        "=SUM(A1)",
        "+1",
        "'",
        "#N/A",
        "12/1",
        "_x0041_",
    ]
)
AMBIGUOUS = re.compile("_x[0-9a-fA-F]{4}_x")
"""xlsxwriter escapes the first of two overlapping escapes alone."""


def one_line(longest):
    """Texts that a person sees whole, as long as they may be; the separator of names left out."""
    texts = WORDS | st.text(CHARACTERS | TELLING, min_size=1, max_size=longest)
    return texts.filter(
        lambda text: (
            trimmed(text) == text
            and ";" not in text
            and not AMBIGUOUS.search(text)
            and first_invisible(text) is None
            and not _is_refused(text)
            and 0 < length(text) <= longest
        )
    )


def _is_refused(text):
    """Whether the text only looks like a name; the tests of texts say which do."""
    return parse_name(text).finding is not None or name_key(text) in NO_VALUES


NO_VALUES = set(map(name_key, (*PLACEHOLDERS, *DITTO_MARKS)))
NAMES = one_line(48)
TEXTS = st.fixed_dictionaries(
    {
        "name": NAMES,
        "description": one_line(256),
        "contact_lists": st.lists(one_line(60), min_size=1, max_size=10, unique_by=name_key),
        "dnc_list": one_line(60),
        "connection": one_line(60),
    }
).filter(lambda texts: name_key(texts["dnc_list"]) not in map(name_key, texts["contact_lists"]))


def row_of(texts, row, connection):
    return row | {
        "Campaign name": texts["name"],
        "Description": texts["description"],
        "Contact lists": "; ".join(texts["contact_lists"]),
        "DNC list": texts["dnc_list"],
        connection: texts["connection"],
    }


def sheets(campaigns):
    yield "Campaigns", [CAMPAIGN_HEADINGS, *in_order(CAMPAIGN_HEADINGS, campaigns)]
    yield "Calling hours", [HOURS_HEADINGS, *in_order(HOURS_HEADINGS, [OFFICE])]


def by_openpyxl(path, campaigns):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets(campaigns):
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(number, column, _escaped(value))
                if isinstance(value, str):
                    cell.data_type = "s"  # or a text that begins with = becomes a formula
    book.save(path)


def _escaped(value):
    """Excel reads _x0041_ as A; its own files escape the first sign of such a text, and openpyxl leaves that to us."""
    return value.replace("_x", "_x005F_x") if isinstance(value, str) else value


def by_xlsxwriter(path, campaigns):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name, rows in sheets(campaigns):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(number, column, value)
                    elif value is not None:
                        sheet.write_number(number, column, value)
    path.write_bytes(content.getvalue())


def bodies(write, campaigns):
    """The bodies of a workbook with these rows, and everything that is wrong with them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "campaigns.xlsx")
        write(path, campaigns)
        judged = validate(read(path), ApiVersion.V2)
    errors = [problem.message for problem in judged.problems if problem.is_error]
    return [to_payload(campaign, ApiVersion.V2).body for campaign in judged.campaigns], errors


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
@settings(max_examples=60, deadline=None)  # a whole workbook each, on a machine of any speed
@given(texts=TEXTS)
def test_every_text_is_sent_character_for_character(write, texts):
    rows = [row_of(texts, PREVIEW, "Queue"), row_of(texts, AGENTLESS, "Experience flow")]
    rows[1] |= {"Campaign name": "Another one"}
    sent, errors = bodies(write, rows)

    assert errors == []
    assert [
        (
            body["description"],
            body["contactLists"],
            body["dncLists"]["name"],
            body.get("queue_name", body.get("experienceFlowName")),
        )
        for body in sent
    ] == [(texts["description"], texts["contact_lists"], texts["dnc_list"], texts["connection"])] * 2
    assert [body["name"] for body in sent] == [texts["name"], "Another one"]
