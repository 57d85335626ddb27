"""``bulkload accounts``: list, add, test and remove; the secret is shown nowhere."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.fakes.sandbox_server import embedded
from support.program.program import bulkload

from bulkload.cli.marks import OF_AN_ACCOUNT
from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET
from bulkload.sandbox.server import EmbeddedSandbox
from bulkload.settings import IDENTITY, config_dir, load

SAMPLE = Path(__file__).parents[2] / "samples" / "campaigns.xlsx"
OPTIONS = ("--app-id", APP_ID, "--account-id", ACCOUNT_ID, "--client-id", CLIENT_ID)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[EmbeddedSandbox]:
    with embedded(tmp_path) as sandbox:
        yield sandbox


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("BULKLOAD_ACME_CLIENT_SECRET", CLIENT_SECRET)
    return CLIENT_SECRET


def test_an_account_is_added_tested_listed_and_removed(
    service: EmbeddedSandbox, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = bulkload("accounts", "add", "acme", "--host", f"{service.url}/", *OPTIONS, "--title", "Acme Bank")
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "The account answers. It has 0 campaigns.\n"
        "Added acme; its secret is in the file. Choose it with --account acme\n"
    )
    monkeypatch.delenv("BULKLOAD_ACME_CLIENT_SECRET")
    assert load({"account": "acme"}).credentials.client_secret == secret

    listed = bulkload("accounts")
    assert listed.out == (
        f"acme  Acme Bank\n    {service.url}, application {APP_ID}, v2\n    secret in the file, no run yet\n"
    )
    assert bulkload("accounts", "--json").document == {
        "accounts": [
            {
                "name": "acme",
                "title": "Acme Bank",
                "host": service.url,
                "application": APP_ID,
                "account_id": ACCOUNT_ID,
                "api_version": "v2",
                "production": False,
                "secret": "file",
                "last_run": None,
            }
        ],
        "exit_status": 0,
    }
    assert bulkload("accounts", "remove", "acme").status == 2
    assert bulkload("accounts", "remove", "acme", "--yes").out == (
        "Removed acme. Nothing changed at Kore.ai.\n"
    )
    assert bulkload("accounts").out == "No account has a name yet. Add one:  bulkload accounts add acme\n"


def test_an_account_that_does_not_answer_is_not_stored(
    service: EmbeddedSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BULKLOAD_ACME_CLIENT_SECRET", "wrong-secret")
    done = bulkload("accounts", "add", "acme", "--host", service.url, *OPTIONS)
    assert done.status == 4
    assert "wrong-secret" not in done.out + done.err
    assert not (config_dir() / "accounts.toml").exists()


def test_a_secret_may_stay_in_the_environment(
    service: EmbeddedSandbox, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = (*OPTIONS, "--secret-in", "environment", "--no-test", "--json")
    done = bulkload("accounts", "add", "acme", "--host", service.url, *options)
    assert done.document == {"account": "acme", "secret": "environment", "campaigns": None, "exit_status": 0}
    assert secret not in (config_dir() / "accounts.toml").read_text()
    assert load({"account": "acme"}).credentials.client_secret == secret
    assert "secret in the environment" in bulkload("accounts").out


def test_what_is_missing_or_wrong_is_said_before_anything_is_stored(secret: str) -> None:
    assert bulkload("accounts", "add", "Acme").err == (
        '"Acme" can\'t be the name of an account. Use a-z, 0-9 and -, such as acme-eu.\n'
    )
    done = bulkload("accounts", "add", "acme", "--client-id", "cs-1")
    assert (done.status, done.err) == (
        2,
        "Without a terminal, nothing can be asked. Give these options too: --host, --app-id, --account-id.\n",
    )
    done = bulkload("accounts", "add", "acme", "--host", "http://kore.ai", *OPTIONS)
    assert done.status == 2
    assert "http would show the credentials to others. Use https://." in done.err
    assert not config_dir().exists()


@pytest.mark.parametrize("options", [(), ("--secret-from-stdin",)])
def test_a_closed_standard_input_is_no_terminal(options: tuple[str, ...]) -> None:
    program = Path(sys.executable).with_name("bulkload")
    settings = ("--host", "kore.ai", *OPTIONS, "--no-test", *options)
    done = subprocess.run(
        ["bash", "-c", 'exec "$0" "$@" <&-', program, "accounts", "add", "acme", *settings],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "The Client Secret is missing. Give it with --secret-from-stdin, or in BULKLOAD_ACME_CLIENT_SECRET.\n"
    )


def test_the_secret_can_come_from_standard_input() -> None:
    program = Path(sys.executable).with_name("bulkload")
    settings = ("--host", "kore.ai", *OPTIONS, "--no-test", "--secret-from-stdin")
    done = subprocess.run(
        [program, "accounts", "add", "acme", *settings],
        input="the-secret\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert load({"account": "acme"}).credentials.client_secret == "the-secret"


def test_an_account_that_exists_is_changed_only_on_demand(secret: str) -> None:
    options = ("--host", "kore.ai", *OPTIONS, "--no-test")
    assert bulkload("accounts", "add", "acme", *options).status == 0
    done = bulkload("accounts", "add", "acme", *options)
    assert (done.status, done.err) == (2, "Account acme exists. To change it, add --replace\n")
    assert bulkload("accounts", "add", "acme", "--host", "eu.kore.ai", "--replace", "--no-test").status == 0
    assert load({"account": "acme"}).host == "https://eu.kore.ai"


def test_the_older_profile_is_taken_over_once(service: EmbeddedSandbox) -> None:
    profile = config_dir() / "profile.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text(
        f'host = "{service.url}"\napp_id = "{APP_ID}"\naccount_id = "{ACCOUNT_ID}"\n'
        f'client_id = "{CLIENT_ID}"\nclient_secret = "{CLIENT_SECRET}"\nrate = 30\n'
    )
    assert load({}).host == service.url
    assert bulkload("accounts").out == (
        "No account has a name yet. Add one:  bulkload accounts add acme\n\n"
        "The older profile.toml still has settings. Use them: bulkload accounts add NAME --from-profile\n"
    )
    done = bulkload("accounts", "add", "acme", "--from-profile")
    assert done.out == (
        "The account answers. It has 0 campaigns.\n"
        "Added acme; its secret is in the file. Choose it with --account acme\n"
        f"profile.toml is now {profile}.old. Delete it when everything works.\n"
    )
    settings = load({"account": "acme"})
    assert (settings.host, settings.rate, settings.credentials.client_secret) == (
        service.url,
        30,
        CLIENT_SECRET,
    )
    assert (config_dir() / "profile.toml.old").stat().st_mode & 0o777 == 0o600
    done = bulkload("accounts", "add", "bolt", "--from-profile")
    assert (done.status, done.err) == (2, "No profile.toml has settings to take over.\n")


def test_terminal_asks_for_each_setting_and_hides_the_secret(
    service: EmbeddedSandbox,
) -> None:
    """Each question has its answer; a wrong one is asked for again."""
    answers = (
        ("Address of the service", f"{service.url}/"),
        ("Application ID", "12345"),
        ("an application ID starts with st-", None),
        ("Application ID", APP_ID),
        ("Account ID", ACCOUNT_ID),
        ("Client ID", CLIENT_ID),
        ("API version", ""),
        ("Name for people", "Acme Bank, test"),
        ("Ask for the account's name", "y"),
        ("Client Secret", CLIENT_SECRET),
    )
    shown = dialogue(("accounts", "add", "acme"), answers)
    assert shown.endswith("Added acme; its secret is in the file. Choose it with --account acme\r\n")
    assert CLIENT_SECRET not in shown
    settings = load({"account": "acme"})
    assert (settings.host, settings.title, settings.production) == (service.url, "Acme Bank, test", True)
    assert settings.credentials.client_secret == CLIENT_SECRET


def test_refusal_names_only_settings_that_an_account_accepts(
    service: EmbeddedSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BULKLOAD_ACME_CLIENT_SECRET", "wrong-secret")
    assert bulkload("accounts", "add", "acme", "--host", service.url, *OPTIONS, "--no-test").status == 0
    done = bulkload("plan", SAMPLE, "--account", "acme")
    assert done.status == 4
    assert (
        "Check client_id, client_secret, app_id and account_id against the app's page" in done.out + done.err
    )
    assert tuple(sorted(OF_AN_ACCOUNT)) == tuple(sorted(IDENTITY))


def dialogue(arguments: tuple[str, ...], answers: tuple[tuple[str, str | None], ...]) -> str:
    """What a terminal shows while somebody answers each question once its words have appeared."""
    terminal, its_end = pty.openpty()
    program = Path(sys.executable).with_name("bulkload")
    shown, read = "", 0
    with subprocess.Popen([program, *arguments], stdin=its_end, stdout=its_end, stderr=its_end) as running:
        os.close(its_end)
        for question, typed in answers:
            while question not in shown[read:]:
                some = more_of(terminal)
                assert some, f"No {question!r} after:\n{shown}"
                shown += some
            read = shown.index(question, read) + len(question)
            if typed is not None:
                os.write(terminal, f"{typed}\n".encode())
        while some := more_of(terminal):
            shown += some
        assert running.wait() == 0, shown
    os.close(terminal)
    return shown


def more_of(terminal: int) -> str:
    """What the program has written since; empty when it has ended, or when it writes nothing for long."""
    if not select.select([terminal], [], [], 20)[0]:
        return ""
    try:
        return os.read(terminal, 65536).decode()
    except OSError:  # Linux says so when the other end is closed
        return ""
