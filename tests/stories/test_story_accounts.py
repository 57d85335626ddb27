"""A workbook goes to the account that it names, and to no other: the whole way, with two services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from support.fakes.sandbox_server import embedded
from support.program.program import bulkload
from support.workbooks.big_workbook import HOURS, campaign

from bulkload.checking import check
from bulkload.columns import HOURS_COLUMNS
from bulkload.model import AccountBinding, AccountIdentity, ApiVersion
from bulkload.sandbox.fixtures import Application
from bulkload.sandbox.server import EmbeddedSandbox
from bulkload.settings import config_dir
from bulkload.workbook.template.write import write_template

ACME = Application("st-acme", "a" * 24, "cs-acme", "acme-secret-" + "a" * 32)
BOLT = Application("st-bolt", "b" * 24, "cs-bolt", "bolt-secret-" + "b" * 32)


@dataclass
class Two:
    """The services of two accounts."""

    acme: EmbeddedSandbox
    bolt: EmbeddedSandbox

    def requests(self) -> tuple[int, int]:
        return len(self.acme.log.requests), len(self.bolt.log.requests)

    def created(self) -> tuple[int, ...]:
        return tuple(
            sum(request.operation == "create" for request in service.log.requests)
            for service in (self.acme, self.bolt)
        )


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Two]:
    """Accounts acme and bolt, each at a service of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BULKLOAD_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("BULKLOAD_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("BULKLOAD_SETTLE", "0.1")
    (tmp_path / "at-acme").mkdir()
    (tmp_path / "at-bolt").mkdir()
    with (
        embedded(tmp_path / "at-acme", applications=(ACME,)) as at_acme,
        embedded(tmp_path / "at-bolt", applications=(BOLT,)) as at_bolt,
    ):
        path = config_dir() / "accounts.toml"
        path.parent.mkdir()
        path.write_text(section("acme", at_acme, ACME) + section("bolt", at_bolt, BOLT))
        path.chmod(0o600)
        yield Two(at_acme, at_bolt)


def section(name: str, service: EmbeddedSandbox, application: Application) -> str:
    return (
        f'[{name}]\nhost = "{service.url}"\napp_id = "{application.app_id}"\n'
        f'account_id = "{application.account_id}"\nclient_id = "{application.client_id}"\n'
        f'client_secret = "{application.client_secret}"\n\n'
    )


def workbook_of_acme(two: Two, path: Path = Path("december.xlsx")) -> Path:
    """A good workbook of three rows that names acme above its headings."""
    account = AccountIdentity(two.acme.url, ACME.app_id, ACME.account_id, name="their-acme")
    hours = dict(zip((column.heading for column in HOURS_COLUMNS), HOURS, strict=True))
    write_template(
        path, campaigns=[campaign(number) for number in range(3)], calling_hours=[hours], account=account
    )
    return path


def test_the_account_above_the_headings_is_read(two: Two) -> None:
    checked = check(workbook_of_acme(two), version=ApiVersion.V2)
    assert checked.workbook.account == AccountBinding(
        "their-acme", two.acme.url, ACME.app_id, ACME.account_id
    )


def test_a_workbook_goes_to_its_account_without_an_option(two: Two) -> None:
    done = bulkload("submit", workbook_of_acme(two), "--yes")
    assert done.status == 0, done.out + done.err
    assert two.created() == (3, 0)
    assert two.requests()[1] == 0


@pytest.mark.parametrize("chosen_by", ["option", "environment"])
@pytest.mark.parametrize("command", ["plan", "submit", "verify"])
def test_another_account_is_refused_before_any_request(
    two: Two, command: str, chosen_by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    option = ("--account", "bolt") if chosen_by == "option" else ()
    if chosen_by == "environment":
        monkeypatch.setenv("BULKLOAD_ACCOUNT", "bolt")
    yes = ("--yes",) if command == "submit" else ()
    done = bulkload(command, workbook_of_acme(two), *option, *yes)
    assert done.status == 4, done.out + done.err
    assert "This workbook belongs to acme (" in done.err
    assert two.requests() == (0, 0)


def test_results_of_one_account_are_not_taken_to_another(two: Two) -> None:
    assert bulkload("submit", workbook_of_acme(two), "--yes", "--results", "results.xlsx").status == 0
    before = two.requests()
    done = bulkload("submit", "results.xlsx", "--yes", "--account", "bolt")
    assert done.status == 4, done.out + done.err
    assert two.requests() == before


def test_practice_takes_any_workbook(two: Two) -> None:
    done = bulkload("submit", workbook_of_acme(two), "--yes", "--sandbox")
    assert done.status == 0, done.out + done.err
    assert two.requests() == (0, 0)


@pytest.mark.parametrize("missing", [1, 2, 3])
def test_an_incomplete_account_is_refused(two: Two, missing: int) -> None:
    path = workbook_of_acme(two)
    book = openpyxl.load_workbook(path)
    (row,) = [
        row for row in book["Campaigns"].iter_rows(max_row=4) if any(cell.value == "Account" for cell in row)
    ]
    label = next(cell.column for cell in row if cell.value == "Account")
    book["Campaigns"].cell(1, label + 1 + missing).value = None
    book.save(path)
    done = bulkload("submit", path, "--yes")
    assert done.status == 3
    assert 'Row 1 of the sheet "Campaigns" names an account, but its' in done.out + done.err
    assert two.requests() == (0, 0)
