"""What the README promises is true of this very checkout."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from support.program import documents

ROOT = Path(__file__).parents[2]
ENVIRONMENT = dict(os.environ)
"""As it was before any fixture: pip's own settings and the way to its packages may stand in it."""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What is committed, in an empty folder, whoever owns the checkout and whatever they have told git."""
    folder, config = tmp_path / "clone", tmp_path / "gitconfig"
    config.write_text("[safe]\n\tdirectory = *\n")
    own = {name: value for name, value in ENVIRONMENT.items() if not name.startswith("GIT_")}
    subprocess.run(
        ["git", "clone", "--quiet", str(ROOT), str(folder)],
        env=own | {"GIT_CONFIG_GLOBAL": str(config), "GIT_CONFIG_NOSYSTEM": "1"},
        check=True,
    )
    return folder


def test_first_command_creates_every_sample_campaign_and_all_are_ready(clone: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in ENVIRONMENT.items() if not name.startswith("BULKLOAD_")}
    environment |= {"BULKLOAD_STATE_DIR": str(tmp_path / "state"), "PYTHONUTF8": "1"}
    # In the same shell, as a later command of the README is pasted into the same terminal.
    done = subprocess.run(
        ["bash", "-euc", f"{documents.command('try')}\ncd /\nbulkload --version\nbulkload runs"],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\nbulkload 0.1.0\n" in done.stdout
    assert list(clone.glob(".venv/lib/python*/site-packages/bulkload/py.typed"))

    (path,) = (clone / "samples").glob("campaigns.results-*.xlsx")
    assert str(path.relative_to(clone)) in done.stdout
    rows = openpyxl.load_workbook(path)["Campaigns"].iter_rows(values_only=True)
    headings = headings_of(rows)
    table = [dict(zip(headings, row, strict=True)) for row in rows if any(row)]
    assert len(table) == 12
    assert {row["Result"] for row in table} == {"✓ Created"}
    assert {row["Status at Kore.ai"] for row in table} == {"Ready"}
    assert all(re.fullmatch(r"cd-\S+", row["Campaign ID"]) for row in table)
    assert len({row["Campaign ID"] for row in table}) == 12


def headings_of(rows: Iterator[tuple[object, ...]]) -> list[str]:
    """Read on until the heading row; the rows after it are left."""
    return next(
        [str(cell).rstrip(" *") for cell in row] for row in rows if "Result" in [str(cell) for cell in row]
    )


@pytest.mark.parametrize("page", documents.PAGES, ids=lambda page: page.name)
def test_every_table_is_made_from_the_code(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text == documents.with_tables(text), "python tests/support/program/documents.py renews them"


def test_each_kind_of_table_is_somewhere() -> None:
    marks = [
        mark
        for page in documents.PAGES
        for mark in re.findall("<!-- table: (.*) -->", page.read_text("utf-8"))
    ]
    assert set(marks) == set(documents.TABLES)


def test_the_second_command_is_what_ci_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "<!-- command: test -->" in script
    assert "pytest" in documents.command("test")
    assert '\nstage "tests (the README\'s command)" run_readme_test_command\n' in script
    assert "--numprocesses" not in script, "the whole of the tests is run by the README's own words alone"


def test_the_readme_is_short() -> None:
    assert len(documents.README.read_text("utf-8").splitlines()) <= 150


@pytest.mark.parametrize("page", documents.PAGES, ids=lambda page: page.name)
def test_every_file_and_heading_that_a_page_links_to_exists(page: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
        if "://" in target:
            continue
        path, _, heading = target.partition("#")
        linked = page.parent / path if path else page
        assert linked.exists(), target
        headings = re.findall("^#+ (.*)$", linked.read_text("utf-8"), re.MULTILINE) if heading else []
        assert not heading or heading in [
            re.sub("[^a-z0-9-]", "", one.lower().replace(" ", "-")) for one in headings
        ]


@pytest.mark.parametrize("page", documents.PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_shows_exists_with_its_options(page: Path) -> None:
    wrong = [line for line in documents.commands_in(page.read_text("utf-8")) if not documents.exists(line)]
    assert wrong == []
