"""The published JSON Schemas are those of what the commands really print."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from support.fakes.sandbox_server import embedded
from support.program import documents
from support.program.program import bulkload
from support.workbooks.big_workbook import write_campaigns

from bulkload.doctor import Verdict
from bulkload.model import Action, DifferenceKind, Level, Status
from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET
from bulkload.settings import SecretPlace

SAMPLES = Path(__file__).parents[2] / "samples"


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((documents.DOCS / "json-schema" / f"{name}.json").read_text("utf-8"))
    return found


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for path in (
        *SAMPLES.glob("campaigns.xlsx"),
        *SAMPLES.glob("mistakes.xlsx"),
        *SAMPLES.glob("convert/*.*"),
    ):
        shutil.copy(path, tmp_path)
    monkeypatch.setenv("BULKLOAD_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("BULKLOAD_CONFIG_DIR", str(tmp_path / "config"))


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("check", "campaigns.xlsx"), 0),
        (("check", "mistakes.xlsx"), 3),
        (("check", "no-such-file.xlsx"), 3),
        (("plan", "campaigns.xlsx", "--sandbox"), 0),
        (("submit", "campaigns.xlsx", "--sandbox", "--yes"), 0),
        (("submit", "mistakes.xlsx", "--sandbox", "--yes"), 3),
        (("submit", "campaigns.xlsx", "--yes"), 4),
        (("submit", "campaigns.xlsx", "--sandbox"), 2),
        (("resume",), 0),
        (("resume", "no-such-run"), 2),
    ],
)
def test_reports_are_as_published(arguments: tuple[object, ...], status: int) -> None:
    done = bulkload(*arguments, "--json")
    jsonschema.validate(done.document, schema("report"))
    assert done.status == done.document["exit_status"] == status


def test_a_second_submission_is_as_published() -> None:
    for _ in range(2):
        done = bulkload("submit", "campaigns.xlsx", "--sandbox", "--yes", "--json")
        jsonschema.validate(done.document, schema("report"))


def test_a_verification_is_as_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = write_campaigns(tmp_path / "december.xlsx", 3)
    with embedded(tmp_path) as service:
        values = {"HOST": service.url, "APP_ID": APP_ID, "ACCOUNT_ID": ACCOUNT_ID, "SETTLE": "0.1"}
        for name, value in {**values, "CLIENT_ID": CLIENT_ID, "CLIENT_SECRET": CLIENT_SECRET}.items():
            monkeypatch.setenv(f"BULKLOAD_{name}", value)
        missing = bulkload("verify", workbook, "--json")
        assert bulkload("submit", workbook, "--yes").status == 0
        equal = bulkload("verify", workbook, "--json")
    for done in (missing, equal):
        jsonschema.validate(done.document, schema("verify"))
    assert (missing.status, equal.status) == (1, 0)


@pytest.mark.parametrize(
    "arguments", [("department.csv",), ("dialer.csv",), ("postman.json",), ("campaigns.xlsx", "--v1-to-v2")]
)
def test_a_conversion_is_as_published(arguments: tuple[str, ...]) -> None:
    done = bulkload("convert", *arguments, "--out", "new.xlsx", "--json")
    jsonschema.validate(done.document, schema("convert"))
    assert done.status == done.document["exit_status"]


def test_the_documents_about_accounts_are_as_published(monkeypatch: pytest.MonkeyPatch) -> None:
    options = ("--host", "kore.ai", "--app-id", "st-1", "--account-id", "a" * 24, "--client-id", "cs-1")
    jsonschema.validate(bulkload("accounts", "--json").document, schema("accounts"))
    monkeypatch.setenv("BULKLOAD_ACME_CLIENT_SECRET", "x")
    assert bulkload("accounts", "add", "acme", *options, "--no-test").status == 0
    jsonschema.validate(bulkload("accounts", "--json").document, schema("accounts"))
    monkeypatch.delenv("BULKLOAD_ACME_CLIENT_SECRET")
    jsonschema.validate(bulkload("doctor", "--json").document, schema("doctor"))


def test_the_words_of_the_schemas_are_those_of_the_code() -> None:
    report, doctor, accounts = schema("report"), schema("doctor"), schema("accounts")
    row = report["$defs"]["row"]["properties"]
    assert row["status"]["enum"] == [str(status) for status in Status]
    assert row["action"]["enum"] == [*map(str, Action), None]
    assert list(report["properties"]["summary"]["properties"]) == ["rows", *map(str, Status)]
    assert report["$defs"]["change"]["properties"]["kind"]["enum"] == [str(kind) for kind in DifferenceKind]
    assert report["$defs"]["problem"]["properties"]["level"]["enum"] == [str(level) for level in Level]
    checks = doctor["properties"]["checks"]["items"]["properties"]
    assert checks["verdict"]["enum"] == [str(verdict) for verdict in Verdict]
    listed = accounts["properties"]["accounts"]["items"]["properties"]
    assert listed["secret"]["enum"] == [*map(str, SecretPlace), None]
