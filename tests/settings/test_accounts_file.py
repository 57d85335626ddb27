"""``accounts.toml``: private, one section for each account, every fault with its line, comments kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.program.said import refusal_of

from bulkload.model import ApiVersion
from bulkload.settings import AccountsFile, Credentials, Settings, api_version, config_dir, load, state_dir

ACME = """\
# Dana's
[acme]
host = "Platform.Kore.ai"
app_id = "st-1"
account_id = "67777ce93e25326494e90000"  # from the console
client_id = "cs-1"
client_secret = "acme-secret"
api_version = "v1"
rate = 30
title = "Acme Bank, production"
production = true
"""
BOLT = """
[bolt-eu]
host = "https://eu.kore.ai"
app_id = "st-2"
account_id = "67777ce93e25326494e91111"
client_id = "cs-2"
"""


def written(text: str, mode: int = 0o600) -> Path:
    path = config_dir() / "accounts.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def test_a_chosen_account_has_its_sections_settings(tmp_path: Path) -> None:
    path = written(ACME + BOLT)
    settings = load({"account": "acme"})
    assert settings == Settings(
        host="https://platform.kore.ai",
        app_id="st-1",
        account_id="67777ce93e25326494e90000",
        credentials=Credentials("cs-1", "acme-secret"),
        state_dir=tmp_path / "state" / "bulkload",
        api_version=ApiVersion.V1,
        rate=30,
        label="https://platform.kore.ai",
        account="acme",
        title="Acme Bank, production",
        production=True,
    )
    assert str(settings.sources["host"]) == f"section acme of {path}"


def test_the_environment_can_choose_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    written(ACME + BOLT)
    monkeypatch.setenv("BULKLOAD_ACCOUNT", "acme")
    assert load({}).account == "acme"
    assert api_version({}) is ApiVersion.V1
    monkeypatch.setenv("BULKLOAD_BOLT_EU_CLIENT_SECRET", "bolt-secret")
    settings = load({"account": "bolt-eu"})
    assert settings.account == "bolt-eu"
    assert settings.credentials == Credentials("cs-2", "bolt-secret")
    assert str(settings.sources["client_secret"]) == "the environment"


def test_a_flag_beats_the_section_and_the_section_beats_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written(ACME)
    monkeypatch.setenv("BULKLOAD_RATE", "50")
    assert load({"account": "acme"}).rate == 30
    assert load({"account": "acme", "rate": 7}).rate == 7


@pytest.mark.parametrize("name", ["host", "app_id", "account_id", "client_id", "client_secret"])
def test_an_accounts_own_setting_may_not_be_set_elsewhere(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(ACME)
    variable = f"BULKLOAD_{name.upper()}"

    def refusal(place: object) -> str:
        return (
            f"{variable} is set in {place}, but account acme has its own in section acme of {path}. "
            f"Remove it from {place}, or do without --account."
        )

    Path(".env").write_text(f"{variable}=x\n")
    assert refusal_of(lambda: load({"account": "acme"})) == refusal(f"line 1 of {tmp_path / '.env'}")
    monkeypatch.setenv(variable, "x")
    assert refusal_of(lambda: load({"account": "acme"})) == refusal("the environment")


def test_practice_has_the_accounts_version_and_rate_but_not_its_credentials() -> None:
    written(ACME)
    pretend = {
        "host": "http://127.0.0.1:1",
        "app_id": "st-0",
        "account_id": "67777ce93e25326494e9ffff",
        "client_id": "cs-0",
        "client_secret": "pretend",
    }
    settings = load({"account": "acme"}, defaults=pretend)
    assert (settings.api_version, settings.rate, settings.account) == (ApiVersion.V1, 30, None)
    assert settings.credentials == Credentials("cs-0", "pretend")


def test_an_unknown_account_is_said_with_those_that_exist() -> None:
    written(ACME + BOLT)
    assert refusal_of(lambda: load({"account": "acmee"})) == (
        "No account is named acmee; there are acme, bolt-eu. Add it: bulkload accounts add acmee"
    )


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602])
def test_a_file_that_others_can_read_or_write_is_refused(mode: int) -> None:
    path = written(ACME, mode)
    assert refusal_of(lambda: load({"account": "acme"})) == (
        f"Other users of this computer can read {path}, which may contain secrets. "
        f"Make it private: chmod 600 {path}"
    )


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (
            ACME + "hsot = 'x'\n",
            (
                "Line 12 of {path} sets hsot, which is not a setting of an account. An account has: host, app_id, "
                "account_id, client_id, client_secret, api_version, rate, window, production, title."
            ),
        ),
        (
            "host = 'x'\n" + ACME,
            (
                "Line 1 of {path} sets host outside of a section. "
                "Put the account's name in brackets above it, such as [acme]."
            ),
        ),
        (
            ACME + "[Bolt]\n",
            (
                'Line 12 of {path} has a section "Bolt", which can\'t be the name of an account. '
                "Use a-z, 0-9 and -; practice and sandbox mean the sandbox."
            ),
        ),
        (
            ACME + "\n[sandbox]\n",
            (
                'Line 13 of {path} has a section "sandbox", which can\'t be the name of an account. '
                "Use a-z, 0-9 and -; practice and sandbox mean the sandbox."
            ),
        ),
        (
            ACME + "[bolt\n",
            (
                "{path} can't be read: expected ']' at the end of a table declaration (at line 12, column 6). "
                "Correct that line."
            ),
        ),
    ],
)
def test_what_can_not_be_read_is_said_with_its_line(text: str, refusal: str) -> None:
    path = written(text)
    assert refusal_of(lambda: state_dir({})) == refusal.format(path=path)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (
            ACME.replace("30", '"many"'),
            "rate of account acme is many in section acme of {path}, but must be a whole number.",
        ),
        (
            ACME.replace("Platform.Kore.ai", "http://kore.ai"),
            "host of account acme is http://kore.ai, and http would show the credentials to others. Use https://.",
        ),
        (
            ACME.replace("st-1", "1"),
            "app_id of account acme is 1, but an application ID starts with st-. Copy it again.",
        ),
        (
            ACME.replace('client_secret = "acme-secret"\n', ""),
            (
                "The secret of account acme is in none of its places: BULKLOAD_ACME_CLIENT_SECRET, the keyring, {path}."
                " Store it again: bulkload accounts add acme"
            ),
        ),
        (
            "[acme]\nhost = 'kore.ai'\n",
            "Missing in section acme of {path}: app_id, account_id, client_id, client_secret. Add it there.",
        ),
    ],
)
def test_what_is_wrong_with_an_account_is_said_with_its_name(text: str, refusal: str) -> None:
    path = written(text)
    assert refusal_of(lambda: load({"account": "acme"})) == refusal.format(path=path)


def test_writing_keeps_comments_and_the_other_accounts() -> None:
    path = written(ACME + BOLT)
    new: dict[str, Any] = {"host": "https://kore.ai", "client_id": "cs-9"}
    AccountsFile.read(config_dir()).put("acme", new)
    AccountsFile.read(config_dir()).put("cold", {"host": "https://cold.kore.ai"})
    assert path.read_text() == (
        '# Dana\'s\n[acme]\nhost = "https://kore.ai"\nclient_id = "cs-9"\n'
        + BOLT
        + '\n[cold]\nhost = "https://cold.kore.ai"\n'
    )
    assert path.stat().st_mode & 0o777 == 0o600
    AccountsFile.read(config_dir()).remove("acme")
    assert list(AccountsFile.read(config_dir()).sections) == ["bolt-eu", "cold"]


def test_a_file_that_can_not_be_written_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file, not a folder")
    assert refusal_of(lambda: AccountsFile(config_dir() / "accounts.toml", {}).put("acme", {})) == (
        f"{config_dir() / 'accounts.toml'} can't be written (Not a directory). "
        "Look at the rights of that folder, or choose another with BULKLOAD_CONFIG_DIR."
    )
