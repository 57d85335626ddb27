"""A setting with a name that is not known is an error with its place, never ignored."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.program.said import refusal_of

from bulkload.settings import api_version, profile_path, state_dir


@pytest.mark.parametrize(
    ("variable", "advice"),
    [
        ("BULKLOAD_HSOT", "Did you mean BULKLOAD_HOST?"),
        ("BULKLOAD_APIVERSION", "Did you mean BULKLOAD_API_VERSION?"),
        ("BULKLOAD_SECRET", "Did you mean BULKLOAD_CLIENT_SECRET?"),
        ("bulkload_rates", "Did you mean BULKLOAD_RATE?"),
        ("BULKLAOD_HOST", "Did you mean BULKLOAD_HOST?"),
        ("BULKLOADHOST", "Did you mean BULKLOAD_HOST?"),
        ("BULKLOAD_XYZZY", "Remove it."),
        (
            "BULKLOAD_ACME_INC_CLIENT_SECRET",
            "Remove it, or add the account that it is for: bulkload accounts add",
        ),
    ],
)
def test_an_unknown_variable_is_refused_by_every_command(
    variable: str, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "7")
    for read in (api_version, state_dir):
        assert refusal_of(lambda read=read: read({})) == (
            f"{variable} in the environment is not a setting. {advice}"
        )


@pytest.mark.parametrize("variable", ["BULKLOADER_HOST", "BULK_MAIL_HOST", "BULKLOADS_DIR", "HOST"])
def test_the_variables_of_other_programs_are_left_alone(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "7")
    state_dir({})


def test_an_unknown_name_in_dotenv_is_refused_with_its_line(tmp_path: Path) -> None:
    Path(".env").write_text("# mine\n\nBULKLOAD_RATE=7\nDATABASE=x\nBULKLOAD_HSOT=kore.ai\n")
    assert refusal_of(lambda: state_dir({})) == (
        f"BULKLOAD_HSOT in line 5 of {tmp_path / '.env'} is not a setting. Did you mean BULKLOAD_HOST?"
    )


def test_an_unknown_name_in_the_profile_is_refused_with_its_line() -> None:
    profile_path().parent.mkdir(parents=True)
    profile_path().write_text("rate = 7\nhsot = 'kore.ai'\n")
    assert refusal_of(lambda: state_dir({})) == (
        f"hsot in line 2 of {profile_path()} is not a setting. Correct the name or remove it."
    )
