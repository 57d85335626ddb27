"""Where a setting is found: a flag, the environment, ``.env``, the profile file; the first that has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.program import bulkload

from bulkload.errors import SettingsError
from bulkload.model import ApiVersion
from bulkload.settings import Credentials, Settings, api_version, load, profile_path, state_dir

SAMPLE = Path(__file__).parents[2] / "samples" / "campaigns.xlsx"
NEEDED = {
    "host": "https://platform.kore.ai",
    "app_id": "st-1",
    "account_id": "67777ce93e25326494e90000",
    "client_id": "cs-1",
    "client_secret": "the-secret",
}


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_a_flag_beats_the_environment_beats_dotenv_beats_the_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile_path().parent.mkdir(parents=True)
    profile_path().write_text(
        "".join(f'{name} = "{value}"\n' for name, value in NEEDED.items()) + "rate = 10\n"
    )
    assert load({}).rate == 10
    Path(".env").write_text("BULKLOAD_RATE=20\n")
    assert load({}).rate == 20
    monkeypatch.setenv("BULKLOAD_RATE", "30")
    assert load({}).rate == 30
    assert load({"rate": 40}).rate == 40
    assert load({"rate": None}).rate == 30


def test_what_is_not_set_has_the_documented_value(tmp_path: Path) -> None:
    assert load({}, defaults=NEEDED) == Settings(
        host="https://platform.kore.ai",
        app_id="st-1",
        account_id="67777ce93e25326494e90000",
        credentials=Credentials("cs-1", "the-secret"),
        state_dir=tmp_path / "state" / "bulkload",
        api_version=ApiVersion.V2,
        rate=60,
        window=60.0,
        concurrency=8,
        timeout=30.0,
        settle=120.0,
        ready_timeout=120.0,
        label="sandbox",
    )


def test_secrets_mask_themselves() -> None:
    shown = repr(load({}, defaults=NEEDED))
    assert "the-secret" not in shown
    assert "cs-1" not in shown


def test_every_wrong_value_is_named_with_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULKLOAD_RATE", "many")
    monkeypatch.setenv("BULKLOAD_TIMEOUT", "-1")
    with pytest.raises(SettingsError) as refused:
        load({}, defaults=NEEDED)
    assert "BULKLOAD_RATE" in str(refused.value)
    assert "BULKLOAD_TIMEOUT" in str(refused.value)


@pytest.mark.parametrize("written", ["12345678901234", "[12345678901234]", "{ of = 12345678901234 }"])
@pytest.mark.parametrize("name", ["client_id", "client_secret"])
def test_a_secret_that_is_no_text_is_not_shown(name: str, written: str) -> None:
    profile_path().parent.mkdir(parents=True)
    profile_path().write_text(f"{name} = {written}\nhost = 7\nrate = [7]\n")
    with pytest.raises(SettingsError) as refused:
        load({})
    assert str(refused.value) == (
        "These settings can't be right: BULKLOAD_HOST is 7, and must be a text in quotes; "
        f"BULKLOAD_{name.upper()} must be a text in quotes; "
        "BULKLOAD_RATE is [7], and must be a whole number."
    )


def test_a_profile_that_is_no_toml_is_named() -> None:
    profile_path().parent.mkdir(parents=True)
    profile_path().write_text("this is = not = toml")
    with pytest.raises(SettingsError, match=r"profile\.toml"):
        api_version({})


def test_a_check_needs_no_account() -> None:
    assert api_version({"api_version": "v1"}) is ApiVersion.V1
    assert api_version({}) is ApiVersion.V2


def test_a_command_stumbles_over_no_setting_that_it_does_not_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("RATE", "WINDOW", "CONCURRENCY", "TIMEOUT", "SETTLE", "READY_TIMEOUT"):
        monkeypatch.setenv(f"BULKLOAD_{name}", "banana")
    profile_path().parent.mkdir(parents=True)
    profile_path().write_text("client_secret = 1\n")
    assert api_version({}) is ApiVersion.V2
    assert state_dir({}) == tmp_path / "state" / "bulkload"

    monkeypatch.setenv("BULKLOAD_API_VERSION", "v3")
    assert state_dir({}) == tmp_path / "state" / "bulkload"
    with pytest.raises(SettingsError, match="BULKLOAD_API_VERSION is 'v3', and must be 'v1' or 'v2'"):
        api_version({})


def test_a_check_goes_on_where_a_setting_for_sending_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULKLOAD_RATE", "banana")
    assert bulkload("check", SAMPLE).status == 0
