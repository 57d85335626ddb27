"""Every lie of a listing and of a read, and that only the requests that were chosen get it."""

from __future__ import annotations

import pytest
from support.fakes.sandbox_server import Client, body, embedded

from bulkload.sandbox.faults import Fault
from bulkload.sandbox.lies import GET_LIES, LIES, LISTING_LIES

NAMES = [f"Campaign {number}" for number in range(1, 8)]
NEWEST_FIRST = NAMES[::-1]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with embedded(tmp_path_factory.mktemp("lies")) as running:
        for name in NAMES:
            Client(running.url).create(body("Progressive", name=name))
        yield running


def lie(way: str, operation: str = "list", **more) -> Fault:
    return Fault("lie", operation=operation, way=way, times=None, **more)


def pages(sandbox, *, size: int = 3, most: int = 4) -> list[dict]:
    """The pages that a client gets, of three rows each, until all campaigns were skipped."""
    client, given = Client(sandbox.url), []
    for at in range(most):
        answer = client.list(limit=size, skip=at * size, sortBy={"createdAt": "desc"})
        given.append(answer.json()["data"])
        if at * size >= len(NAMES):
            break
    return given


def names(page: dict) -> list[str]:
    return [row.get("name") for row in page["results"]]


def totals(page: dict) -> tuple:
    return tuple(page.get(key) for key in ("hasMore", "totalPages", "totalResults"))


TRUE_ROWS = [NEWEST_FIRST[:3], NEWEST_FIRST[3:6], NEWEST_FIRST[6:]]
TRUE_TOTALS = [(True, 3, 7), (True, 3, 7), (False, 3, 7)]
NONE = (None, None, None)

EXPECTED = {
    "empty": ([[], [], []], [(False, 0, 0)] * 3),
    "empty with total": ([[], [], []], [(False, 3, 7)] * 3),
    "capped": ([NEWEST_FIRST[:2], [], []], [(False, 1, 2)] * 3),
    "capped with total": ([NEWEST_FIRST[:2], [], []], [(False, 3, 7)] * 3),
    "capped without total": ([NEWEST_FIRST[:2], [], []], [NONE] * 3),
    "empty second page": ([TRUE_ROWS[0], [], []], [(True, 3, 7), (False, 3, 7), (False, 3, 7)]),
    "has more": (TRUE_ROWS, [(True, 3, 7)] * 3),
    "has no more": (TRUE_ROWS, [(False, 3, 7)] * 3),
    "full page calls itself last": (TRUE_ROWS, [(False, 1, 3), (False, 1, 3), (False, 3, 7)]),
    "repeated page": ([TRUE_ROWS[0]] * 3, TRUE_TOTALS),
    "total of the page": (TRUE_ROWS, [(True, 1, 3), (True, 1, 3), (False, 1, 1)]),
    "total too large": (TRUE_ROWS, [(True, 3, 8), (True, 3, 8), (False, 3, 8)]),
    "other total pages": (TRUE_ROWS, [(True, 6, 7), (True, 6, 7), (False, 6, 7)]),
    "without totals": (TRUE_ROWS, [NONE] * 3),
    "overlapping pages": ([TRUE_ROWS[0], NEWEST_FIRST[2:5], NEWEST_FIRST[4:7]], TRUE_TOTALS),
    "row without name": ([[None, *page[1:]] for page in TRUE_ROWS], TRUE_TOTALS),
    "partial content": (TRUE_ROWS, TRUE_TOTALS),
    "errors with rows": (TRUE_ROWS, TRUE_TOTALS),
    "row without id": (TRUE_ROWS, TRUE_TOTALS),
}


@pytest.mark.parametrize("way", EXPECTED)
def test_a_lying_listing_says_what_its_way_says(sandbox, way):
    sandbox.configure(faults=[lie(way)])
    given = pages(sandbox)[:3]
    sandbox.configure(faults=[])

    assert ([names(page) for page in given], [totals(page) for page in given]) == EXPECTED[way]
    assert sandbox.log.requests[-1].fault == f"lie {way}"
    assert [names(page) for page in pages(sandbox)[:3]] == TRUE_ROWS


def test_the_tests_know_every_lie():
    others = {"stale", "with deleted", "hidden row", "endless"}
    assert set(LISTING_LIES) == {*EXPECTED, *others}
    assert {*LISTING_LIES, *GET_LIES} == set(LIES)


def test_a_cap_can_be_of_any_size(sandbox):
    sandbox.configure(faults=[lie("capped", value=5)])
    given = pages(sandbox)[:3]

    assert [names(page) for page in given] == [NEWEST_FIRST[:3], NEWEST_FIRST[3:5], []]
    assert [totals(page) for page in given] == [(True, 2, 5), (False, 2, 5), (False, 2, 5)]


def test_one_campaign_is_withheld_from_rows_and_total(sandbox):
    sandbox.configure(faults=[lie("hidden row", value="Campaign 7")])
    (page,) = pages(sandbox, size=50, most=1)

    sandbox.configure(faults=[lie("hidden row", value="Not there")])
    (honest,) = pages(sandbox, size=50, most=1)

    assert (names(page), totals(page)) == (NEWEST_FIRST[1:], (False, 1, 6))
    assert (names(honest), totals(honest)) == (NEWEST_FIRST, (False, 1, 7))


def test_a_row_lacks_its_id(sandbox):
    sandbox.configure(faults=[lie("row without id")])
    rows = pages(sandbox)[0]["results"]

    assert ["_id" in row for row in rows] == [False, True, True]


def test_a_part_of_the_listing_says_so(sandbox):
    sandbox.configure(faults=[lie("partial content")])
    status = Client(sandbox.url).list().status_code
    sandbox.configure(faults=[lie("errors with rows")])
    answer = Client(sandbox.url).list()

    assert (status, answer.status_code) == (206, 200)
    assert answer.json()["errors"] == [{"msg": "A part of the index did not answer", "code": 500}]


def test_an_endless_listing_never_repeats_and_never_ends(sandbox):
    sandbox.configure(faults=[lie("endless")])
    client = Client(sandbox.url)
    given = [client.list(limit=50, skip=skip).json()["data"] for skip in (0, 50, 100_000)]

    ids = {row["_id"] for page in given for row in page["results"]}
    assert len(ids) == 150
    assert all(page["hasMore"] and page["totalResults"] > page["skip"] + 50 for page in given)


def test_a_stale_replica_shows_the_account_as_it_was(tmp_path):
    with embedded(tmp_path) as sandbox:
        client = Client(sandbox.url)
        old, gone = (client.create(body(name=name)).json()["data"]["id"] for name in ("Old", "Gone"))
        sandbox.configure(clock_offset=100.0)
        client.create(body(name="New"))
        client.delete(gone)
        true = names(client.list().json()["data"])
        sandbox.configure(faults=[lie("stale", value=50.0)])
        stale = client.list(sortBy={"createdAt": "asc"}).json()["data"]
        sandbox.configure(faults=[lie("with deleted")])
        everything = names(client.list().json()["data"])

    assert true == ["New", "Old"]
    assert (names(stale), stale["totalResults"]) == (["Old", "Gone"], 2)
    assert sorted(everything) == ["Gone", "New", "Old"]
    assert old in {row["_id"] for row in stale["results"]}


def test_a_lie_can_be_given_once_and_later(sandbox):
    sandbox.configure(faults=[Fault("lie", operation="list", way="empty", nth=2)])
    client = Client(sandbox.url)

    assert [len(client.list().json()["data"]["results"]) for _ in range(3)] == [7, 0, 7]


@pytest.mark.parametrize("way", GET_LIES)
def test_a_read_lies_about_one_campaign(sandbox, way):
    first, second = sandbox.campaigns[:2]
    sandbox.configure(faults=[lie(way, "get", name=second.name)])
    client = Client(sandbox.url)
    true, given = client.get(first.id).json()["data"], client.get(second.id).json()["data"]
    sandbox.configure(faults=[])
    honest = client.get(second.id).json()["data"]

    assert (true["_id"], true["name"]) == (first.id, first.name)
    assert (
        given
        == {
            "another id": {**honest, "_id": "cd-0000000-0000-4000-8000-000000000000"},
            "another campaign": true,
            "no dialing strategy": {key: value for key, value in honest.items() if key != "dialingStrategy"},
            "no data": {},
        }[way]
    )


def test_contact_lists_and_queues_lie_too(sandbox):
    sandbox.configure(faults=[lie("has more", "contact_lists"), lie("has more", "queues")])
    lists, queues = Client(sandbox.url).contact_lists().json(), Client(sandbox.url, "v1").queues().json()
    sandbox.configure(faults=[lie("empty", "contact_lists"), lie("empty", "queues")])
    no_lists, no_queues = (
        Client(sandbox.url).contact_lists().json(),
        Client(sandbox.url, "v1").queues().json(),
    )

    assert (lists["hasMore"], queues["hasMore"]) == (True, True)
    assert (no_lists["data"], no_queues["results"], no_queues["totalResults"]) == ([], [], 0)


def test_a_lie_that_does_not_fit_changes_nothing(sandbox):
    sandbox.configure(faults=[lie(way, "any") for way in ("overlapping pages", "total too large", "no data")])
    client = Client(sandbox.url)

    assert client.get(sandbox.campaigns[0].id).json()["data"] == {}
    assert len(client.contact_lists().json()["data"]) == 15
    assert client.status(sandbox.campaigns[0].id).json()["data"]["name"] == "Campaign 1"


def test_a_lie_and_a_lost_answer_can_strike_together(sandbox):
    sandbox.configure(faults=[lie("empty"), Fault("answer", "after", "list", status=500)])
    answer = Client(sandbox.url).list()

    assert (answer.status_code, answer.json()["data"]["results"]) == (500, [])
    assert sandbox.log.requests[-1].fault == "answer after, lie empty"
