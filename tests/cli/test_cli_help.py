"""What a business user reads who asks for help, whole."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from support.program.program import bulkload

from bulkload.cli.main import COMMANDS, commands

EXPECTED = Path(__file__).with_name("help")


@pytest.mark.parametrize("command", ["", *COMMANDS, "accounts add", "accounts remove", "accounts test"])
def test_help_reads_as_it_was_written(command: str) -> None:
    done = bulkload(*command.split(), "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out == (EXPECTED / f"{command.replace(' ', '-') or 'bulkload'}.txt").read_text("utf-8")


def test_the_list_of_commands_says_what_each_command_says_of_itself() -> None:
    for name, entry in COMMANDS.items():
        command = commands.get_command(click.Context(commands), name)
        assert command is not None
        assert command.get_short_help_str(limit=100) == entry.help


@pytest.mark.parametrize("name", ["december.xlsx", "December campaigns.XLSX"])
def test_workbook_instead_of_a_command_gets_the_right_command_suggested(name: str) -> None:
    done = bulkload(name)
    quoted = f"'{name}'" if " " in name else name
    assert (done.status, done.out) == (2, "")
    assert f"Did you mean: bulkload check {quoted}" in done.err


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
