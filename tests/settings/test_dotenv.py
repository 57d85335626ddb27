"""The file ``.env``: what it may look like, what it may set, and what is said of a line that can't be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.program.said import refusal_of

from bulkload.settings import load, state_dir

NEEDED = {
    "host": "https://platform.kore.ai",
    "app_id": "st-1",
    "account_id": "67777ce93e25326494e90000",
    "client_id": "cs-1",
    "client_secret": "the-secret",
}
HERE = Path(".env")


@pytest.mark.parametrize(
    "written",
    [
        b"BULKLOAD_RATE=7\n",
        b"bulkload_rate=7\n",
        b"Bulkload_Rate = 7  # requests\r\n",
        b"export BULKLOAD_RATE=7\n",
        b"\xef\xbb\xbfBULKLOAD_RATE='7'",
        b'\n# mine\nOTHER_PROGRAM="x y"\nexport bulkload_rate="7"\n',
    ],
)
def test_a_setting_is_read_however_it_is_written(written: bytes) -> None:
    HERE.write_bytes(written)
    assert load({}, defaults=NEEDED).rate == 7


def test_a_secret_with_a_dollar_sign_is_read_as_it_is() -> None:
    lines = {**NEEDED, "client_secret": "a${HOME}b$c"}
    HERE.write_text("".join(f"BULKLOAD_{name.upper()}={value}\n" for name, value in lines.items()))
    assert load({}).credentials.client_secret == "a${HOME}b$c"


def test_an_empty_value_is_not_set() -> None:
    HERE.write_text("BULKLOAD_RATE=\n")
    assert load({}, defaults=NEEDED).rate == 60


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding: str, tmp_path: Path) -> None:
    HERE.write_text("BULKLOAD_RATE=7\n", encoding=encoding)
    assert refusal_of(lambda: state_dir({})) == (
        f"Line 1 of {tmp_path / '.env'} is UTF-16 text, which can't be read. "
        "Save the file again with the encoding UTF-8."
    )


def test_a_character_of_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    HERE.write_bytes("BULKLOAD_RATE=7\n# für Dana\n".encode("latin-1"))
    assert refusal_of(lambda: state_dir({})) == (
        f"Line 2 of {tmp_path / '.env'} is not UTF-8 text. Save the file again with the encoding UTF-8."
    )


@pytest.mark.parametrize(
    "line", ["[acme]", "BULKLOAD_RATE", "BULKLOAD_RATE: 7", "export", "'BULKLOAD_RATE=7"]
)
def test_a_line_that_sets_nothing_is_named(line: str, tmp_path: Path) -> None:
    HERE.write_text(f"BULKLOAD_WINDOW=7\n\n{line}\nBULKLOAD_TIMEOUT=7\n")
    assert refusal_of(lambda: state_dir({})) == (
        f"Can't read line 3 of {tmp_path / '.env'}. Write one setting per line, such as BULKLOAD_RATE=30."
    )


@pytest.mark.parametrize("name", ["ACCOUNT", "STATE_DIR", "CONFIG_DIR", "SETTLE"])
def test_what_a_folder_must_not_decide_is_refused(name: str, tmp_path: Path) -> None:
    HERE.write_text(f"bulkload_{name.lower()}=7\n")
    assert refusal_of(lambda: state_dir({})) == (
        f"BULKLOAD_{name} may not be set in line 1 of {tmp_path / '.env'}. Set it in the environment instead."
    )


def test_an_accounts_secret_does_not_belong_there(tmp_path: Path) -> None:
    HERE.write_text("BULKLOAD_ACME_CLIENT_SECRET=7\n")
    assert refusal_of(lambda: state_dir({})) == (
        f"BULKLOAD_ACME_CLIENT_SECRET may not be set in line 1 of {tmp_path / '.env'}. "
        "Set it in the environment instead."
    )


def test_a_folder_of_that_name_is_said(tmp_path: Path) -> None:
    HERE.mkdir()
    assert refusal_of(lambda: state_dir({})) == (
        f"{tmp_path / '.env'} can't be read (Is a directory). Look at its rights."
    )
