"""The five documents the project came from: what a workbook row sends is what each of them shows."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import openpyxl
import pytest
from support.fakes.raw_server import CLIENT_ID, SECRET, RawRequest, RawServer, answer

from bulkload.kore.body import to_payload
from bulkload.kore.client import Client
from bulkload.kore.exchange import Answer
from bulkload.kore.remote import read_document
from bulkload.kore.replies import reply_to
from bulkload.model import ApiVersion, Created, Payload, Reply
from bulkload.rules.validate import validate
from bulkload.workbook.reader.read import read

REPOSITORY = Path(__file__).parents[2]
SEEDS = REPOSITORY / "tests" / "seeds"
APPLICATION = "st-0603182c-7ffb-53c3-b307-47ca14b91234"
ACCOUNT = "67777ce93e25326494e91234"
CAMPAIGN = "cd-dcebc67-d981-4469-b220-5a4ea5671234"
FILLED = {
    "host": "platform.example",
    "url": "platform.example",
    "botId": APPLICATION,
    "streamId": APPLICATION,
    "accountId": ACCOUNT,
    "campaignId": CAMPAIGN,
}
"""What stands for the documents' placeholders; runs of x become 12345."""


@dataclass(frozen=True)
class Sample:
    """The request and the answer that a document shows, placeholders filled in."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: dict[str, Any]
    answer: dict[str, Any]


def sample(name: str) -> Sample:
    (document,) = SEEDS.glob(f"{name}_*.txt")
    text = re.sub(
        r"(?<=\w)x{4,5}\b", lambda run: "12345"[: len(run[0])], document.read_text(encoding="utf-8")
    )
    text = re.sub(r"\{\{(\w+)\}\}", lambda place: FILLED.get(place[1], place[0]), text)
    curl = re.search(r"curl --location .*?\n\}'", text, re.DOTALL)
    assert curl is not None
    command = shlex.split(curl[0].replace("\\\n", " "))
    options = [
        (command[at], command[at + 1]) for at in range(2, len(command)) if command[at].startswith("--")
    ]
    address = urlsplit(next(word for word in command if word.startswith("https://")))
    response = text[text.index("{", text.index("Sample Response")) :]
    return Sample(
        method=dict(options).get("--request", "POST"),
        path=address.path,
        query=parse_qsl(address.query),
        headers=dict(
            tuple(re.split(r":\s*", value, maxsplit=1)) for option, value in options if option == "--header"
        ),
        body=json.loads(dict(options)["--data"]),
        answer=json.JSONDecoder().raw_decode(response)[0],
    )


def workbook(folder: Path, row: dict[str, Any]) -> Path:
    """The row as a person types it, and the documents' calling hours: Monday to Friday, 9 to 6 in Kolkata."""
    book = openpyxl.Workbook()
    book.active.title = "Campaigns"
    book.active.append(list(row))
    book.active.append(list(row.values()))
    hours = book.create_sheet("Calling hours")
    hours.append(["Calling hours", "Frequency", "Time zone", "Day", "Start", "End"])
    hours.append(["Office", None, "Asia/Kolkata", "Mon-Fri", "9:00 AM", "6:00 PM"])
    book.save(folder / "campaigns.xlsx")
    return folder / "campaigns.xlsx"


def payload(path: Path, version: ApiVersion) -> Payload:
    judged = validate(read(path), version)
    assert not [problem for problem in judged.problems if problem.is_error]
    (campaign,) = judged.campaigns
    return to_payload(campaign, version)


def sent(row: Payload, reply: dict[str, Any], version: ApiVersion) -> tuple[RawRequest, Reply]:
    async def use() -> tuple[RawRequest, Reply]:
        async with RawServer(answer(200, reply)) as server:
            settings = server.settings(app_id=APPLICATION, account_id=ACCOUNT, api_version=version)
            async with Client(settings) as client:
                found = await client.send(row)
            (request,) = server.requests
            return request, found

    return asyncio.run(use())


def compare(name: str, version: ApiVersion, row: dict[str, Any], folder: Path, *, campaign_id: str) -> None:
    """A workbook with this row, read, judged and sent, makes the document's request, and its answer is read."""
    document = sample(name)

    request, reply = sent(payload(workbook(folder, row), version), document.answer, version)

    assert (request.method, request.path, request.query) == (document.method, document.path, document.query)
    assert json.dumps(request.json) == json.dumps(document.body)  # the order of the keys, too
    expected = {key.lower(): value for key, value in document.headers.items()}
    assert expected.pop("auth").startswith("<token>")
    token = request.headers.pop("auth")
    assert jwt.decode(token, SECRET, algorithms=["HS256"])["appId"] == CLIENT_ID
    transport = {"host", "accept", "accept-encoding", "connection", "user-agent", "content-length"}
    assert {key: value for key, value in request.headers.items() if key not in transport} == expected
    stored = read_document(document.answer["data"], version)
    assert (stored is None) is (version is ApiVersion.V1 and "campId" in document.answer["data"])
    assert reply == Created(campaign_id, document.answer["data"].get("status"), stored)


ALIKE = {
    "Calling hours": "Office",
    "Priority": 5,
    "Dialing order": "FIFO",
    "Max attempts": 3,
    "Retry period (minutes)": 10,
    "Max ring time (seconds)": 30,
}
"""What all five documents have in common."""
PREVIEW_DESCRIPTION = (
    "Progressive dialing campaign to remind customers about upcoming bill payments. "
    "Connects to an agent if available, else plays a recorded message"
)


def test_seed_000_create_preview_v1_is_what_a_row_sends(tmp_path):
    row = ALIKE | {
        "Campaign name": "Billing Reminder Voice Campaign",
        "Description": PREVIEW_DESCRIPTION,
        "Dialing mode": "Preview",
        "Contact lists": "Recent Buyers - Q2 2025",
        "Queue": "Default Queue",
        "Max skips": 1,
        "Answering machine detection": "No",
        "Caller ID": "+181234567",
    }
    compare("000", ApiVersion.V1, row, tmp_path, campaign_id="cd-c806ae6-8e00-4131-ba20-bc0720381234")


def test_seed_001_create_preview_v2_is_what_a_row_sends(tmp_path):
    row = ALIKE | {
        "Campaign name": "Billing Reminder Voice Campaign1",
        "Description": PREVIEW_DESCRIPTION,
        "Dialing mode": "Preview",
        "Contact lists": "CL Only 2020 Dec 4",
        "DNC list": "DNC CL Dec 4",
        "Queue": "Default Queue",
        "Max skips": 1,
        "Caller ID": "+18163312345",
    }
    compare("001", ApiVersion.V2, row, tmp_path, campaign_id="cd-b2c1690-0a1b-497c-9326-1bdd22912345")


def test_seed_002_update_v1_is_sent_by_a_row_with_campaign_id(tmp_path):
    row = ALIKE | {
        "Campaign ID": CAMPAIGN,
        "Campaign name": "Billing Reminder Voice Campaign",
        "Description": "Progressive dialing campaign to notify customers about pending bill payments. "
        "Connects to an agent if available; otherwise, a voice bot shares payment details",
        "Dialing mode": "Preview",
        "Contact lists": "Recent Buyers - Q2 2025",
        "Queue": "Default Queue",
        "Max skips": 1,
        "Answering machine detection": "No",
        "Caller ID": "+18123456789",
    }
    compare("002", ApiVersion.V1, row, tmp_path, campaign_id=CAMPAIGN)


def test_seed_003_create_agentless_v1_is_what_a_row_sends(tmp_path):
    row = ALIKE | {
        "Campaign name": "Product Feedback Voice Campaign",
        "Description": "This voice campaign collects quick feedback on recent purchases. It asks brief questions on "
        "satisfaction, usage, and suggestions to help improve future products and customer experience.",
        "Dialing mode": "Agentless",
        "Contact lists": "Recent Buyers - Q2 2025",
        "Experience flow": "Voice Survey Entry Flow",
        "Answering machine detection": "No",
        "Caller ID": "+15101234567",
    }
    compare("003", ApiVersion.V1, row, tmp_path, campaign_id="cd-34696b5-94e3-4e6e-a40a-505ca0051234")


def test_seed_004_create_progressive_v2_is_what_a_row_sends(tmp_path):
    row = ALIKE | {
        "Campaign name": "Service Renewal Outreach Campaign61",
        "Description": "Connects customers with live agents to assist with upcoming service renewals using "
        "progressive dialing. Ensures personalized support and improved engagement.",
        "Dialing mode": "Progressive",
        "Contact lists": "CL Only 2020 Dec 4",
        "DNC list": "DNC CL Dec 4",
        "Queue": "Default Queue",
        "Caller ID": "+18163312345",
    }
    compare("004", ApiVersion.V2, row, tmp_path, campaign_id="cd-a1e45a7-e8ba-4e97-a339-476ebc712345")


@pytest.mark.parametrize("status", [200, 201, 202])
@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_the_answer_of_every_document_is_read_with_any_success_status(name, status):
    reply = reply_to(Answer(status, {}, json.dumps(sample(name).answer).encode()))
    assert isinstance(reply, Created)
    assert reply.campaign_id.startswith("cd-")


def test_the_documents_of_the_tests_are_those_the_project_came_from():
    originals = REPOSITORY.parent / "shared" / "seeds"
    if not originals.is_dir():
        pytest.skip("the original documents are not beside this checkout")
    assert {path.name: path.read_bytes() for path in SEEDS.glob("*.txt")} == {
        path.name: path.read_bytes() for path in originals.glob("*.txt")
    }
