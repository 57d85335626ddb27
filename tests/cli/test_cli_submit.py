"""What a person sees between the check and the end: where it goes, what it does, what was left out."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from support.program.program import bulkload
from support.workbooks.story_workbooks import campaign, write

SAMPLES = Path(__file__).parents[2] / "samples"
SAMPLE, MISTAKES = SAMPLES / "campaigns.xlsx", SAMPLES / "mistakes.xlsx"
PROGRAM = Path(sys.executable).with_name("bulkload")


def submit(*arguments: object):
    return bulkload("submit", SAMPLE, "--sandbox", "--results", "results.xlsx", *arguments)


def runs() -> list[str]:
    """The names of the runs, the newest first."""
    return [run["run"] for run in bulkload("runs", "--json").document]


def counted(workbook: Path) -> tuple[int, int]:
    """How many campaigns there are, and how many of them have something wrong."""
    summary = bulkload("check", workbook, "--json").document["summary"]
    return summary["rows"], summary["invalid"]


def good_row_of(workbook: Path) -> int:
    rows = bulkload("check", workbook, "--json").document["rows"]
    return next(row["row"] for row in rows if row["status"] == "not_sent" and not row["problems"])


def dry_run(*arguments: object):
    shutil.copy(SAMPLE, "december.xlsx")
    return bulkload("submit", "december.xlsx", "--sandbox", "--dry-run", *arguments)


def test_a_dry_run_shows_the_plan_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = dry_run()
    assert done.status == 0
    assert done.err.startswith("To the practice account; nobody is phoned (application st-")
    assert "12  to create" in done.err
    assert "row 6  Loan reminder December" in done.err
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["december.xlsx"]
    assert bulkload("runs").out == "No runs yet.\n"


def test_a_dry_run_prints_the_payloads_with_json() -> None:
    document = dry_run("--json").document
    assert document["run"] is None
    assert [row["payload"]["name"] for row in document["rows"]] == [row["name"] for row in document["rows"]]
    assert document["summary"]["not_sent"] == 12


def test_rows_that_were_left_out_need_nobody() -> None:
    done = submit("--yes", "--only", "6,8-9", "--json")
    assert (done.status, done.document["summary"]["created"]) == (0, 3)
    assert done.document["summary"]["not_sent"] == 9
    left_out = submit("--yes", "--only", "6", "--quiet", "--force")
    assert left_out.status == 0
    assert "needs you" not in left_out.out


def test_problems_of_rows_that_were_left_out_stop_nothing() -> None:
    wanted = ("--only", good_row_of(MISTAKES), "--valid-rows-only", "--results", "results.xlsx")
    summary = bulkload("submit", MISTAKES, "--sandbox", "--yes", "--json", *wanted).document["summary"]
    assert (summary["created"], summary["not_sent"]) == (1, summary["rows"] - 1)


def test_what_is_wrong_with_rows_that_were_left_out_is_not_told() -> None:
    good = str(good_row_of(MISTAKES))
    wanted = ("--only", good, "--valid-rows-only", "--results", "results.xlsx")
    done = bulkload("submit", MISTAKES, "--sandbox", "--yes", *wanted)
    document = bulkload("results", runs()[0], "--results", "again.xlsx", "--json").document
    assert "Left out" not in done.out
    assert "\nCampaigns\n" not in done.out
    assert all(row["problems"] == [] for row in document["rows"] if row["row"] != int(good))


def test_unsent_workbook_report_says_so_and_names_both_options() -> None:
    done = bulkload("submit", MISTAKES, "--sandbox", "--yes", "--results", "results.xlsx")
    rows, faulty = counted(MISTAKES)
    assert done.status == 3
    assert done.out.endswith(
        f"{rows} rows: {faulty} to fix, {rows - faulty} not sent. {faulty} rows need you.\n"
        "Nothing was sent. Fix the problems above and submit again. "
        "Or send the rows without problems: --valid-rows-only.\n"
        "Marked workbook: results.xlsx\n"
    )
    headings, *cells = rows_of("results.xlsx")
    held_back = [dict(zip(headings, row, strict=True)) for row in cells if row[0] == "○ Not sent"]
    assert len(held_back) == rows - faulty
    assert {(row["What happened"].split("\n")[0], row["What to do"]) for row in held_back} == {
        (
            "This row is right. It was not sent because other rows have problems.",
            "Fix them and submit again, or send the valid rows alone: --valid-rows-only.",
        )
    }


def rows_of(results: str) -> list[tuple[object, ...]]:
    """The headings and the rows of the sheet Campaigns of a results workbook."""
    rows = list(openpyxl.load_workbook(results)["Campaigns"].iter_rows(values_only=True))
    return rows[next(number for number, row in enumerate(rows) if "What happened" in row) :]


def test_plan_counts_rows_left_out_because_of_problems() -> None:
    done = bulkload("submit", MISTAKES, "--sandbox", "--dry-run", "--valid-rows-only")
    rows, faulty = counted(MISTAKES)
    assert f"      {rows - faulty}  to create\n" in done.err
    assert f"     {faulty}  left out, because something is wrong with them\n" in done.err


def test_already_created_rows_name_their_campaign_once() -> None:
    ids = [row["campaign_id"] for row in submit("--yes", "--json").document["rows"]]
    said = submit("--yes", "--force").out
    assert [said.count(campaign_id) for campaign_id in ids] == [1] * 12


def test_a_resume_without_anything_to_send_says_so() -> None:
    submit("--yes")
    assert (
        "\n         Nothing is left to send.\n"
        in bulkload("resume", runs()[0], "--yes", "--results", "again.xlsx").err
    )


def test_unreadable_file_is_reported_as_an_unusable_workbook(tmp_path: Path) -> None:
    loop = tmp_path / "loop.xlsx"
    loop.symlink_to(loop)
    done = bulkload("check", loop)
    assert (done.status, done.out) == (3, "")
    assert "loop.xlsx" in done.err


@pytest.mark.parametrize("rows", ["5", "99", "6-99"])
def test_rows_that_hold_no_campaign_are_wrong_use(rows: str) -> None:
    done = submit("--yes", "--only", rows)
    assert done.status == 2
    assert "no campaign" in done.err
    assert "Campaigns are in rows 6-17." in done.err


@pytest.mark.parametrize("rows", ["0", "9-7", "a", "7-", ""])
def test_what_is_no_list_of_rows_is_wrong_use(rows: str) -> None:
    assert submit("--yes", "--only", rows).status == 2


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (".", "is a folder"),
        ("results.csv", "does not end in .xlsx"),
        ("nowhere/results.xlsx", "no folder nowhere"),
    ],
)
def test_unwritable_results_path_is_reported_before_anything_is_sent(place: str, words: str) -> None:
    done = bulkload("submit", SAMPLE, "--sandbox", "--yes", "--results", place)
    assert done.status == 2
    assert words in " ".join(done.err.split())
    assert bulkload("runs").out == "No runs yet.\n"


def test_a_state_folder_that_is_a_file_is_a_setting_to_correct(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BULKLOAD_STATE_DIR", str(tmp_path / "file"))
    for command in (["runs"], ["submit", str(SAMPLE), "--sandbox", "--yes"], ["resume"]):
        done = bulkload(*command)
        assert done.status == 4, done
        assert "BULKLOAD_STATE_DIR" in done.err


def test_hidden_rows_can_not_be_both_taken_and_left() -> None:
    assert submit("--yes", "--include-hidden", "--skip-hidden").status == 2


@pytest.mark.parametrize(
    ("answer", "more", "status", "created"),
    [("y", (), 0, 12), ("n", (), 130, 0), ("n", ("--quiet",), 130, 0)],
)
def test_on_a_terminal_the_person_is_asked_after_seeing_where_it_goes(
    answer: str, more: tuple[str, ...], status: int, created: int
) -> None:
    person, program = pty.openpty()
    with subprocess.Popen(
        [PROGRAM, "submit", SAMPLE, "--sandbox", "--results", "results.xlsx", *more],
        stdin=program,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ
        | {"PYTHONIOENCODING": "utf-8"},  # the alphabet of whoever runs the tests may lack the ticks
    ) as process:
        os.write(person, f"{answer}\n".encode())
        out, err = process.communicate(timeout=300)
    os.close(person)
    os.close(program)
    assert process.returncode == status, out + err
    assert (
        err.index("To the practice account")
        < err.index("12  to create")
        < err.index("Create 12 campaigns in")
    )
    assert out.count("✓ Created") == created


def test_a_plan_is_written_as_a_workbook_and_can_fail_on_changes(tmp_path: Path) -> None:
    shutil.copy(SAMPLE, "december.xlsx")
    done = bulkload("plan", "december.xlsx", "--sandbox", "--results", "plan.xlsx", "--fail-on-changes")
    assert done.status == 1
    assert done.out.endswith("Dry run: 12 would be created. Nothing was sent.\nPlan workbook: plan.xlsx\n")
    book = openpyxl.load_workbook("plan.xlsx")
    assert book.sheetnames == ["Summary", "Changes", "Campaigns", "Calling hours", "Week"]
    bulkload("submit", "december.xlsx", "--sandbox", "--yes", "--results", "results.xlsx")
    assert bulkload("plan", "december.xlsx", "--sandbox", "--fail-on-changes").status == 0


def test_two_kinds_of_mistakes_in_forty_rows_take_at_most_twelve_lines(tmp_path: Path) -> None:
    rows = [campaign(number) | {"DNC list": None, "Max attempts": 300} for number in range(40)]
    done = bulkload("check", write(tmp_path / "forty.xlsx", rows))
    assert done.status == 3
    assert len(done.out.splitlines()) <= 12, done.out
