"""Beside newman, Postman's command line and what a customer of Kore.ai uses today: the same 300 rows.

newman is installed from the npm registry into a folder of the run. It gets a collection with a CSV data file and a
token of its own for each row, which in a Postman script would have to be signed on the way. Paced means the
shortest pause between two requests with which nothing can be lost: the window divided by the rate.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.processes import FailedError, Used, run, worker
from benchmarks.sending import RATE, WINDOW, arrivals, service, submit

ROWS = 300
VERSION = "6"


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the table."""

    tool: str
    lost: int
    """Rows without a campaign at the end."""
    refused: int
    """Rate-limit answers."""
    requests: int
    wall: float
    """Seconds, the whole process."""


def compare(books: Path) -> list[Compared]:
    """Empty where there is no npm: the rest of the suite needs none."""
    if shutil.which("npm") is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        newman = _install(Path(folder))
        collection, data = Path(folder) / "collection.json", Path(folder) / "rows.csv"
        collection.write_text(json.dumps(_collection()))
        command = [newman, "run", collection, "--iteration-data", data, "--reporters", "cli"]
        pause = ["--delay-request", str(round(WINDOW / RATE * 1000))]
        return [
            _measured("newman, no delay", lambda url: _newman(command, books, data, url)),
            _measured("newman, paced", lambda url: _newman([*command, *pause], books, data, url)),
            _measured("bulkload", lambda url: submit(books / "300.xlsx", url, rate=RATE, window=WINDOW)),
        ]


def _install(folder: Path) -> Path:
    subprocess.run(
        [
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(folder),
            f"newman@{VERSION}",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return folder / "node_modules" / ".bin" / "newman"


def _newman(command: list[str | Path], books: Path, data: Path, url: str) -> Used:
    """newman's exit status tells of failed tests, of which the collection has none, or of requests without answer."""
    worker("benchmarks.newman", books / "300.xlsx", data)
    return run([*command, "--env-var", f"host={url}"])


def _measured(tool: str, submit_all: object) -> Compared:
    with service(rate=RATE, window=WINDOW, ready_after=0.3) as (url, account):
        used = submit_all(url)  # type: ignore[operator]
        found = arrivals(account)
    if found.created == 0:
        raise FailedError(f"{tool} created nothing")
    return Compared(tool, ROWS - found.created, found.refused, found.answered + found.refused, used.wall)


FIELDS = ("name", "description", "mode", "lists", "dnc", "caller", "zone", "days", "own")


def _collection() -> dict[str, object]:
    """One request, a create, with the columns of the data file as variables.

    The + of a phone number stands here: newman takes +14155550123 in a data file for a number and drops the +.
    """
    from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID

    body = (
        '{"name": "{{name}}", "description": "{{description}}", "dialingMode": "{{mode}}",'
        ' "contactLists": {{lists}}, "dncLists": {"name": "{{dnc}}"}, "priority": "5", {{own}},'
        ' "dialingStrategy": {"callerId": {"phoneNumber": "+{{caller}}"}, "callingHours": {"frequency": "WEEKLY",'
        ' "timezone": "{{zone}}", "days": {{days}}}, "dialingOrder": "FIFO", "maxAttemptsPerRecord": 3,'
        ' "defaultRetryPeriod": 60, "maxRingTime": 30},'
        ' "schedule": {"isSchedulingEnabled": false}, "campaignType": "voice"}'
    )
    address = (
        f"{{{{host}}}}/campaign/api/v2/public/{APP_ID}/campaign?accountId={ACCOUNT_ID}&campaignType=voice"
    )
    headers = {
        "auth": "{{token}}",
        "iid": APP_ID,
        "accountId": ACCOUNT_ID,
        "Content-Type": "application/json",
    }
    request = {
        "method": "POST",
        "url": address,
        "header": [{"key": key, "value": value} for key, value in headers.items()],
        "body": {"mode": "raw", "raw": body},
    }
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    return {"info": {"name": "campaigns", "schema": schema}, "item": [{"name": "create", "request": request}]}


# --- in the worker -------------------------------------------------------------------------------------


def _write_data(book: Path, data: Path) -> None:
    """The workbook's campaigns as a data file, each with a token that no other request has."""
    from support.fakes.sandbox_server import token

    from bulkload.checking import check
    from bulkload.model import ApiVersion

    with data.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["token", *FIELDS])
        writer.writeheader()
        for payload in check(book, version=ApiVersion.V2).payloads():
            body = payload.body
            strategy = body["dialingStrategy"]
            own = {
                key: body[key]
                for key in ("queue_name", "experienceFlowName", "enableMachineDetect", "maxSkips")
                if key in body
            }
            writer.writerow(
                {
                    "token": token(),
                    "name": body["name"],
                    "description": body["description"],
                    "mode": body["dialingMode"],
                    "lists": json.dumps(body["contactLists"]),
                    "dnc": body["dncLists"]["name"],
                    "caller": strategy["callerId"]["phoneNumber"].removeprefix("+"),
                    "zone": strategy["callingHours"]["timezone"],
                    "days": json.dumps(strategy["callingHours"]["days"]),
                    "own": json.dumps(own)[1:-1],
                }
            )


def to_json(lines: list[Compared]) -> list[dict[str, object]]:
    return [asdict(line) for line in lines]


if __name__ == "__main__":
    _write_data(Path(sys.argv[1]), Path(sys.argv[2]))
