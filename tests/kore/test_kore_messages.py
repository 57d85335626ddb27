"""Every message of the room: its example fills it, and it names no command, option or environment variable."""

from __future__ import annotations

import re

import pytest

from bulkload.kore import messages
from bulkload.messages import MARK_KINDS


@pytest.mark.parametrize("template", messages.CATALOGUE.values(), ids=lambda template: template.code)
def test_every_message_is_filled_by_its_example_and_names_no_commands(template):
    marks: list[tuple[str, str]] = []

    def note(kind: str, argument: str) -> str:
        marks.append((kind, argument))
        return f"<{kind} {argument}>"

    text, fix = template(**template.example).render(note)

    assert text.endswith((".", "{words}"))
    assert fix.endswith(".")
    assert not re.search(r"BULKLOAD_|\bbulkload\b| --\w|[{}]", text + fix)
    assert {kind for kind, _ in marks} <= MARK_KINDS
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", template.code)
    sentences = re.split(r"(?<=[.:])\s+", f"{text} {fix}")
    assert max(len(sentence.split()) for sentence in sentences) <= 25


def test_every_message_has_a_code_of_its_own():
    names = [name for name, value in vars(messages).items() if isinstance(value, messages.MessageTemplate)]
    assert len(names) == len(messages.CATALOGUE)
