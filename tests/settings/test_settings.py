"""Where a setting is found: a flag, the environment, ``.env``, ``profile.toml``; the first that has it counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.program.program import bulkload
from support.program.said import refusal_of

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
    assert refusal_of(lambda: load({}, defaults=NEEDED)) == (
        "BULKLOAD_RATE is many, but must be a whole number. BULKLOAD_TIMEOUT is -1, but must be more than 0."
    )


@pytest.mark.parametrize("written", ["12345678901234", "[12345678901234]", "{ of = 12345678901234 }"])
@pytest.mark.parametrize("name", ["client_id", "client_secret"])
def test_a_secret_that_is_no_text_is_not_shown(name: str, written: str) -> None:
    profile_path().parent.mkdir(parents=True)
    profile_path().write_text(f"{name} = {written}\nhost = 7\nrate = [7]\n")
    place = f" in {profile_path()}"
    assert refusal_of(lambda: load({})) == (
        f"BULKLOAD_HOST is 7{place}, but must be a text in quotes. "
        f"BULKLOAD_{name.upper()}{place} must be a text in quotes. "
        f"BULKLOAD_RATE is [7]{place}, but must be a whole number."
    )


def test_a_profile_that_is_no_toml_is_named() -> None:
    profile_path().parent.mkdir(parents=True)
    profile_path().write_text("this is = not = toml")
    assert refusal_of(lambda: api_version({})) == (
        f"{profile_path()} can't be read: "
        "expected '=' after a key in a key/value pair (at line 1, column 6). Correct that line."
    )


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
    assert refusal_of(lambda: api_version({})) == ("BULKLOAD_API_VERSION is v3, but must be 'v1' or 'v2'.")


def test_a_check_goes_on_where_a_setting_for_sending_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULKLOAD_RATE", "banana")
    assert bulkload("check", SAMPLE).status == 0


def test_each_value_has_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in NEEDED.items():
        monkeypatch.setenv(f"BULKLOAD_{name.upper()}", value)
    Path(".env").write_text("\nBULKLOAD_RATE=20\n")
    sources = {name: str(source) for name, source in load({"timeout": 9}).sources.items()}
    assert sources == {
        **dict.fromkeys(NEEDED, "the environment"),
        "rate": f"line 2 of {tmp_path / '.env'}",
        "timeout": "the command line",
    }


def test_missing_settings_are_named_together_with_the_ways_to_set_them() -> None:
    assert refusal_of(lambda: load({"host": "kore.ai", "client_id": "cs-1"})) == (
        "Missing settings: BULKLOAD_APP_ID, BULKLOAD_ACCOUNT_ID, BULKLOAD_CLIENT_SECRET. "
        "Set them in the environment or in .env, add the account (bulkload accounts add), or practice (--sandbox)."
    )


@pytest.mark.parametrize(
    ("host", "settle", "is_refused"),
    [
        ("https://platform.kore.ai", 29.9, True),
        ("https://platform.kore.ai", 30, False),
        ("http://127.0.0.1:8765", 0, False),
    ],
)
def test_a_short_settling_time_is_for_a_service_on_this_computer(
    host: str, settle: float, *, is_refused: bool
) -> None:
    flags = {**NEEDED, "host": host, "settle": settle}
    if not is_refused:
        assert load(flags).settle == settle
        return
    assert refusal_of(lambda: load(flags)) == (
        "BULKLOAD_SETTLE is 29.9, but must be at least 30: Kore.ai may show a new campaign late. "
        "Set it to 30 or more."
    )


def test_the_sandbox_may_have_a_short_settling_time() -> None:
    assert load({"settle": 0}, defaults={**NEEDED, "host": "http://127.0.0.1:1"}).settle == 0


@pytest.mark.parametrize("name", ["client_id", "client_secret"])
def test_a_dotenv_can_not_send_credentials_to_its_own_host(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = {key: value for key, value in NEEDED.items() if key != name}
    Path(".env").write_text("".join(f"BULKLOAD_{key.upper()}={value}\n" for key, value in here.items()))
    monkeypatch.setenv(f"BULKLOAD_{name.upper()}", NEEDED[name])
    assert refusal_of(lambda: load({})) == (
        f"BULKLOAD_HOST comes from line 1 of {tmp_path / '.env'}, but BULKLOAD_{name.upper()} from the environment. "
        "Set them in one place, so that no other server receives the credentials."
    )


def test_dotenv_host_is_ignored_beside_a_whole_account_in_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text("BULKLOAD_HOST=https://evil.example\n")
    for name, value in NEEDED.items():
        monkeypatch.setenv(f"BULKLOAD_{name.upper()}", value)
    assert load({}).host == "https://platform.kore.ai"


def test_the_configuration_folder_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULKLOAD_CONFIG_DIR", str(tmp_path / "elsewhere"))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "profile.toml").write_text("rate = 7\n")
    assert load({}, defaults=NEEDED).rate == 7
