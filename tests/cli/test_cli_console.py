"""What stands on the console: with --quiet only what needs the person, and nothing that speaks to the terminal."""

from __future__ import annotations

from pathlib import Path

from bulkload.cli.console import Console
from bulkload.messages import quoted
from bulkload.model import Level, Outcome, Problem, Status
from bulkload.report import Report


def said(capsys, report: Report, *, quiet: bool) -> str:
    Console(as_json=False, quiet=quiet).finished(report)
    return capsys.readouterr().out


def test_quiet_shows_errors_and_leaves_warnings_out(capsys) -> None:
    problems = tuple(
        Problem(level, quoted(f"An {level}.", "Fix it."), "Campaigns", 7, "G") for level in Level
    )
    report = Report(
        Path("december.xlsx"), (Outcome(7, "Loans", Status.INVALID),), problems=problems, sent=True
    )
    end = "  row 7  ✗ To fix  Loans\n\ndecember.xlsx: 1 row: 1 to fix. 1 row needs you.\n"
    error, warning = (
        f"  {sign} G7: An {level}. Fix it.\n" for sign, level in (("✗", "error"), ("!", "warning"))
    )
    assert said(capsys, report, quiet=True) == f"{error}{end}"
    assert said(capsys, report, quiet=False) == f"{error}{warning}{end}"


def test_control_characters_in_a_name_are_replaced_on_the_terminal(capsys) -> None:
    report = Report(Path("december.xlsx"), (Outcome(7, "Lo\x1b[2Jans\u202e", Status.CREATED),), sent=True)
    assert "  row 7  ✓ Created  Lo\ufffd[2Jans\ufffd\n" in said(capsys, report, quiet=False)


def test_quiet_prints_nothing_where_all_is_well(capsys) -> None:
    report = Report(Path("december.xlsx"), (Outcome(7, "Loans", Status.CREATED),), sent=True)
    assert said(capsys, report, quiet=True) == ""
