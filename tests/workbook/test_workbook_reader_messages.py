"""Every wording about a file names its place, the value as the person sees it, and the remedy."""

from __future__ import annotations

import string

import pytest

from bulkload.errors import WorkbookError, refusal, workbook_refused
from bulkload.messages import MARK_KINDS, MessageTemplate
from bulkload.rules import messages as rules_messages
from bulkload.workbook.reader import messages as complaints
from bulkload.workbook.reader.messages import CATALOGUE

ALWAYS = {"heading", "value"}
"""Words that every example has, wanted or not."""


def words_of(text):
    return {word for _, word, _, _ in string.Formatter().parse(text) if word} - MARK_KINDS


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_wording_says_what_where_and_what_to_do(code):
    wording = CATALOGUE[code]
    problem = wording.problem(**wording.example)

    assert words_of(wording.text) | words_of(wording.fix) | ALWAYS == set(wording.example) | ALWAYS
    assert words_of(wording.text) & {"value", "sheet", "heading", "cell"}, "no place is named"
    for text in (problem.message, problem.fix):
        assert text[0].isupper() or text[0] == '"'
        assert text[-1] in ".?"
        assert "{" not in text
        assert "  " not in text
    assert len(problem.fix.split()) >= 4
    assert problem.level is wording.level


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_wording_shows_the_value_or_the_place_of_its_example(code):
    wording = CATALOGUE[code]
    problem = wording.problem(**wording.example)

    for word in words_of(wording.text):
        assert str(wording.example[word]) in problem.message


def test_every_template_is_in_the_catalogue_under_a_code_of_its_own():
    templates = [value for value in vars(complaints).values() if isinstance(value, MessageTemplate)]
    elsewhere = {template.code for template in rules_messages.CATALOGUE}

    assert {template.code: template for template in templates} == CATALOGUE
    assert len(CATALOGUE) == len(templates)
    assert not elsewhere & set(CATALOGUE)


@pytest.mark.parametrize("code", CATALOGUE)
def test_no_message_blames_or_speaks_in_codes(code):
    text = f"{CATALOGUE[code].text} {CATALOGUE[code].fix}".lower()

    for word in (
        "invalid",
        "illegal",
        "you failed",
        "your fault",
        "exception",
        "null",
        "error code",
        "please",
    ):
        assert word not in text


def test_values_with_braces_are_shown_as_they_are():
    problem = complaints.CLOSE_HEADING.problem(sheet="{sheet}", value="{0}", known="Queue")

    assert problem.message.startswith('The heading "{0}" in the sheet "{sheet}" is not known')


def test_one_reason_is_the_message_itself():
    error = refusal(complaints.EMPTY_FILE, value="campaigns.xlsx")

    assert isinstance(error, WorkbookError)
    assert str(error) == (
        '"campaigns.xlsx" is empty: it has 0 bytes. Save the workbook again in Excel, or download it again.'
    )
    assert len(error.problems) == 1


def test_several_reasons_are_counted_and_listed():
    problem = complaints.EMPTY_FILE.problem(value="campaigns.xlsx")

    error = workbook_refused([problem, problem])

    assert str(error) == "2 things keep this workbook from being read."
    assert error.problems == (problem, problem)
