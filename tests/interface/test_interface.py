"""``import bulkload``: typed, quiet, lazy, and never sending without consent."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from support.fakes.sandbox_server import embedded

import bulkload
from bulkload.checking import check
from bulkload.cli.main import commands
from bulkload.model import ApiVersion
from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET, Fixtures
from bulkload.settings import config_dir

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "python.md"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BULKLOAD_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("BULKLOAD_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("BULKLOAD_SETTLE", "0")
    shutil.copy(ROOT / "samples" / "campaigns.xlsx", "december.xlsx")
    shutil.copy(ROOT / "samples" / "mistakes.xlsx", "mistakes.xlsx")
    shutil.copy(ROOT / "samples" / "convert" / "department.csv", "old-list.csv")


@pytest.fixture
def acme(tmp_path: Path):
    """A service at which account acme works, with every name that the workbook uses."""
    campaigns = check(Path("december.xlsx"), version=ApiVersion.V2).validation.campaigns
    fixtures = Fixtures(
        contact_lists=tuple(name for one in campaigns for name in one.contact_lists),
        dnc_lists=tuple(one.dnc_list for one in campaigns if one.dnc_list),
        queues=tuple(one.queue for one in campaigns if one.queue),
        flows=tuple(one.experience_flow for one in campaigns if one.experience_flow),
        caller_ids=tuple(one.caller_id for one in campaigns),
    )
    with embedded(tmp_path, fixtures=fixtures) as service:
        path = config_dir() / "accounts.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f'[acme]\nhost = "{service.url}"\napp_id = "{APP_ID}"\naccount_id = "{ACCOUNT_ID}"\n'
            f'client_id = "{CLIENT_ID}"\nclient_secret = "{CLIENT_SECRET}"\n'
        )
        path.chmod(0o600)
        yield service


def test_the_examples_of_the_documentation_run(acme: object, capsys: pytest.CaptureFixture[str]) -> None:
    examples = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert len(examples) == 5
    names: dict[str, object] = {}
    for example in examples:
        exec(compile(example, str(DOCS), "exec"), names)  # noqa: S102  (our own documentation)
    printed = capsys.readouterr()
    assert printed.err == ""
    assert '3 There is no file "not-there.xlsx".' in printed.out
    assert Path("results.xlsx").exists()


def test_importing_loads_neither_pandas_nor_httpx() -> None:
    program = (
        "import sys, bulkload; print(sorted({'pandas', 'httpx', 'openpyxl', 'pandera'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_nothing_is_sent_without_a_true_yes(acme: object) -> None:
    with bulkload.account("acme") as account:
        before = account.plan("december.xlsx").creates
        assert before > 0
        for answer in (False, None, 1, "yes"):
            report = account.submit("december.xlsx", consent=lambda _plan, answer=answer: answer)
            assert (report.sent, report.exit_status) == (False, 130)
        assert account.plan("december.xlsx").creates == before


def test_consent_must_be_given(acme: object) -> None:
    with pytest.raises(TypeError, match="consent"):
        bulkload.account("acme").submit("december.xlsx")


def test_a_workbook_with_problems_is_refused_and_consent_never_asked(acme: object) -> None:
    asked: list[object] = []
    report = bulkload.account("acme").submit("mistakes.xlsx", consent=asked.append)
    assert (report.sent, report.refused, report.exit_status, asked) == (False, True, 3, [])
    with pytest.raises(bulkload.BulkloadError) as refused:
        bulkload.account("acme").plan("mistakes.xlsx")
    assert refused.value.exit_status == 3
    assert {problem.cell for problem in refused.value.problems} >= {"C11", "C12"}


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    with bulkload.account(practice=True) as practice:
        report = practice.submit("december.xlsx", consent=lambda _plan: True)
    assert (report.exit_status, report.practice, report.summary["created"] > 0) == (0, True, True)
    bulkload.convert("old-list.csv")
    assert bulkload.check("mistakes.xlsx").exit_status == 3
    assert capfd.readouterr() == ("", "")


def test_verify_says_equal_after_submit_and_nothing_is_left_to_resume(acme: object) -> None:
    with bulkload.account("acme") as account:
        account.submit("december.xlsx", consent=lambda plan: plan.writes > 0)
        assert account.verify("december.xlsx").exit_status == 0
        assert account.resume(consent=lambda _plan: True) is None


def test_errors_carry_the_exit_status_of_the_command_line() -> None:
    for call, status in (
        (lambda: bulkload.check("not-there.xlsx"), 3),
        (lambda: bulkload.check("december.xlsx", include_hidden=True, skip_hidden=True), 2),
        (lambda: bulkload.check("december.xlsx", results="mistakes.xlsx"), 2),
        (lambda: bulkload.convert("december.xlsx", dnc="DNC"), 2),
        (lambda: bulkload.account("nobody").__enter__(), 4),
    ):
        with pytest.raises(bulkload.BulkloadError) as raised:
            call()
        assert raised.value.exit_status == status


NOT_PARAMETERS = {
    "as_json": "every value has to_json",
    "quiet": "nothing is printed",
    "everything": "a report has every problem",
    "yes": "consent is asked",
    "dry_run": "that is plan",
    "fail_on_changes": "a plan counts its writes",
}
OTHER_NAMES = {
    "results_file": "results",
    "map_file": "map",
    "use_sandbox": "practice",
    "ignored": "ignore",
    "account": "name",
}


@pytest.mark.parametrize("command", ["check", "convert", "plan", "submit", "resume", "verify"])
def test_every_option_of_the_command_line_has_its_parameter(command: str) -> None:
    found = commands.get_command(click.Context(commands), command)
    options = {OTHER_NAMES.get(one.name, one.name) for one in found.params if one.name not in NOT_PARAMETERS}
    parameters = set(inspect.signature(getattr(bulkload, command)).parameters) - {"consent", "self"}
    if command not in {"check", "convert"}:
        parameters |= set(inspect.signature(bulkload.account).parameters)
    assert options <= parameters


PROGRAM = """\
import bulkload

def consent(plan: bulkload.Plan) -> bool:
    return plan.creates < 50

report = bulkload.check("december.xlsx", api_version="v2")
status: int = report.exit_status
with bulkload.account("acme") as acme:
    creates: int = acme.plan("december.xlsx", only=[7, 9]).creates
    sent = acme.submit("december.xlsx", consent=consent)
    reveal_type(sent)
reveal_type(bulkload.verify("december.xlsx", quick=True))
bulkload.submit("december.xlsx")
bulkload.check("december.xlsx", hidden=True)
"""


def test_another_project_is_type_checked_against_the_interface() -> None:
    Path("project").mkdir()
    Path("project/program.py").write_text(PROGRAM)
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "program.py"]
    done = subprocess.run(
        command,
        cwd="project",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "MYPYPATH": str(ROOT)},
    )
    lines = [
        line for line in done.stdout.splitlines() if line.startswith("program.py") and "defined" not in line
    ]
    assert lines == [
        'program.py:11: note: Revealed type is "bulkload.report.Report"',
        'program.py:12: note: Revealed type is "bulkload.verifying.VerifyReport"',
        'program.py:13: error: Missing named argument "consent"  [call-arg]',
        'program.py:14: error: Unexpected keyword argument "hidden" for "check"  [call-arg]',
    ]
