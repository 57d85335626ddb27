"""Every sentence of a conversion is short, filled by its example, and has a code of its own."""

from __future__ import annotations

import pytest
from support.program.plain_words import faults

from bulkload.converting.messages import CATALOGUE
from bulkload.workbook.foreign.messages import CATALOGUE as FILE_CATALOGUE

ALL = {**CATALOGUE, **FILE_CATALOGUE}


@pytest.mark.parametrize("code", ALL)
def test_a_message_is_plain_and_filled_by_its_example(code: str) -> None:
    text, fix = ALL[code](**ALL[code].example).render(lambda _kind, argument: argument)
    assert "{" not in text + fix
    assert faults(text) == []
    assert not fix or faults(fix) == []


def test_no_two_messages_share_a_code() -> None:
    assert len(ALL) == len(CATALOGUE) + len(FILE_CATALOGUE)
