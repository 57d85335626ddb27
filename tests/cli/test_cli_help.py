"""What a business user reads who asks for help, whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.program import bulkload

from bulkload.cli.options import VERSIONS
from bulkload.model import ApiVersion

COMMANDS = (
    "template",
    "check",
    "plan",
    "submit",
    "resume",
    "runs",
    "results",
    "accounts",
    "accounts add",
    "accounts remove",
    "sandbox",
)
EXPECTED = Path(__file__).with_name("help")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_reads_as_it_was_written(command: str) -> None:
    done = bulkload(*command.split(), "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out == (EXPECTED / f"{command.replace(' ', '-') or 'bulkload'}.txt").read_text("utf-8")


def test_the_versions_that_can_be_chosen_are_those_that_the_service_has() -> None:
    assert tuple(ApiVersion) == VERSIONS


def test_help_can_be_asked_for_shortly() -> None:
    assert bulkload("-h") == bulkload("--help")


def test_the_version_is_said() -> None:
    done = bulkload("--version")
    assert (done.status, done.out) == (0, "bulkload 0.1.0\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_an_option_that_does_not_exist_is_wrong_use(command: str) -> None:
    done = bulkload(*command.split(), "--no-such-option")
    assert (done.status, done.out) == (2, "")
    assert "--no-such-option" in done.err
