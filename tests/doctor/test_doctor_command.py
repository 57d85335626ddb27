"""``bulkload doctor`` and ``bulkload accounts test`` on the console, in a file and as JSON."""

from __future__ import annotations

import platform
import re
from pathlib import Path

import pytest
from support.fakes.sandbox_server import embedded
from support.program.program import bulkload

from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET
from bulkload.settings import config_dir


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a service at which account acme works."""
    with embedded(tmp_path) as service:
        path = config_dir() / "accounts.toml"
        path.parent.mkdir(parents=True)
        path.write_text(
            f'[acme]\nhost = "{service.url}"\napp_id = "{APP_ID}"\naccount_id = "{ACCOUNT_ID}"\n'
            f'client_id = "{CLIENT_ID}"\nclient_secret = "{CLIENT_SECRET}"\n'
        )
        path.chmod(0o600)
        yield service.url


def steady(text: str, tmp_path: Path) -> str:
    """The lines without what differs by computer."""
    text = text.replace(str(tmp_path), "/home/dana").replace(platform.python_version(), "3.11.7")
    text = re.sub(r"[\d,]+ GB free", "40 GB free", text)
    return text.replace(f"{platform.system()} {platform.release()}", "Linux 6.1")


EXPECTED = """\
✓ Versions       bulkload 0.1.0, Python 3.11.7, Linux 6.1
✓ Settings       account is acme, from the command line
✓ Settings       host is URL, from section acme of /home/dana/config/bulkload/accounts.toml
✓ Settings       app_id is st-0603182c-7ffb-53c3-b307-47ca14b90000, from section acme of /home/dana/config/bulkload/accounts.toml
✓ Settings       account_id is 67777ce93e25326494e90000, from section acme of /home/dana/config/bulkload/accounts.toml
✓ Settings       client_id is set, from section acme of /home/dana/config/bulkload/accounts.toml
✓ Settings       client_secret is set, from section acme of /home/dana/config/bulkload/accounts.toml
✓ State folder   /home/dana/state/bulkload: 0 MB, 40 GB free
✓ Journals       0 journals readable
✓ Proxy          none
✓ Server         URL answers
✓ Certificate    not needed for a service on this computer
✓ Clock          no difference to the service's clock seen
✓ Credentials    accepted
✓ Permissions    the app may manage campaigns
✓ Campaigns      0 campaigns in this application
✓ Contact lists  15 contact lists
✓ Queues         6 queues
✓ Rate limit     not reached

Nothing is wrong.
"""  # noqa: E501


def test_everything_right_is_said_line_by_line(url: str, tmp_path: Path) -> None:
    done = bulkload("doctor", "--account", "acme", "--save", "for-support.txt")
    assert (done.status, done.err) == (0, "")
    assert steady(done.out, tmp_path).replace(url, "URL") == EXPECTED
    assert Path("for-support.txt").read_text("utf-8") == done.out
    assert bulkload("accounts", "test", "acme").out == done.out
    again = bulkload("doctor", "--account", "acme", "--save", "for-support.txt")
    assert (again.status, again.err) == (2, "for-support.txt exists already. Give another name.\n")


def test_a_fault_is_said_with_its_fix(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULKLOAD_ACME_CLIENT_SECRET", "wrong-secret")
    done = bulkload("doctor", "--account", "acme")
    assert done.status == 4
    assert (
        '✗ Credentials    The service does not accept the credentials ("Invalid SDK credentials").\n'
        "                 Check client_id, client_secret, app_id and account_id against the app's page at Kore.ai.\n"
    ) in done.out
    assert "- Permissions    not checked, because of the fault above\n" in done.out
    assert done.out.endswith("\n\n1 fault found.\n")
    assert "wrong-secret" not in done.out


def test_programs_get_one_document(url: str) -> None:
    document = bulkload("doctor", "--account", "acme", "--json").document
    assert document["account"] == {
        "name": "acme",
        "host": url,
        "application": APP_ID,
        "account_id": ACCOUNT_ID,
        "practice": False,
    }
    assert document["exit_status"] == 0
    assert {check["verdict"] for check in document["checks"]} == {"good"}
    assert document["checks"][-1] == {
        "topic": "Rate limit",
        "verdict": "good",
        "code": "rate-limit-free",
        "message": "not reached",
        "fix": "",
    }
    missing = bulkload("doctor", "--json")
    assert (missing.status, missing.document["account"], missing.document["exit_status"]) == (4, None, 4)


def test_an_account_that_is_not_there_is_a_fault_of_the_settings() -> None:
    done = bulkload("accounts", "test", "nobody")
    assert done.status == 4
    assert "✗ Settings       No account is named nobody; there are none yet.\n" in done.out
