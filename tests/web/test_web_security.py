"""Who may talk to the page: every rule, against the application itself."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest
from support.program.web_client import HOST, PORT, WebClient

from bulkload.web import server as web_server
from bulkload.web.security import SECURITY_HEADERS, TICKET_SECONDS

SAMPLES = Path(__file__).parents[2] / "samples"
ROOM = Path(web_server.__file__).parent
ENDED = "This page has ended."


@pytest.fixture
def client(tmp_path: Path) -> WebClient:
    return WebClient(tmp_path)


# --- hosts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", [HOST, f"localhost:{PORT}"])
def test_the_two_names_of_this_computer_are_answered(client: WebClient, host: str) -> None:
    assert client.ask("GET", "/", host=host).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", f"127.0.0.2:{PORT}", "127.0.0.1:80", ""]
)
@pytest.mark.parametrize("path", ["/", "/static/app.js", "/enter?ticket=x", "/no-such-page"])
def test_any_other_host_is_misdirected_before_anything_is_looked_at(
    client: WebClient, host: str, path: str
) -> None:
    answer = client.ask("GET", path, host=host)
    assert answer.status_code == 421


def test_public_files_are_misdirected_for_another_host_too(client: WebClient) -> None:
    assert client.ask("GET", "/static/app.css", prefix="", host="evil.example").status_code == 421


def test_the_server_is_bound_to_this_computer_alone() -> None:
    source = (ROOM / "server.py").read_text("utf-8")
    assert re.findall(r"\.bind\(([^)]*)\)", source) == ['("127.0.0.1", port']


# --- tickets and sessions ------------------------------------------------------------------------------


def _entrance(client: WebClient, address: str) -> str:
    return address.removeprefix(f"http://{HOST}{client.access.prefix}")


def test_a_ticket_becomes_a_session_and_leads_on(client: WebClient) -> None:
    address = client.access.issue_ticket("/workbooks/abc")
    answer = client.ask("GET", _entrance(client, address), cookie=None, sec_fetch_site="cross-site")
    assert answer.status_code == 200
    assert f'content="0; url={client.access.prefix}/workbooks/abc"' in answer.text
    cookie = answer.headers["set-cookie"]
    assert re.fullmatch(
        rf"bulkload-{PORT}=[\w-]{{43}}; HttpOnly; Path={client.access.prefix}/; SameSite=strict", cookie
    )


def test_a_ticket_is_taken_once(client: WebClient) -> None:
    entrance = _entrance(client, client.access.issue_ticket())
    assert client.ask("GET", entrance, cookie=None).status_code == 200
    again = client.ask("GET", entrance, cookie=None)
    assert (again.status_code, ENDED in again.text) == (403, True)
    assert "set-cookie" not in again.headers


def test_a_ticket_is_void_after_a_minute(client: WebClient) -> None:
    entrance = _entrance(client, client.access.issue_ticket())
    client.clock.time += TICKET_SECONDS
    assert client.ask("GET", entrance, cookie=None).status_code == 403


def test_a_ticket_that_nobody_issued_is_refused(client: WebClient) -> None:
    assert client.ask("GET", "/enter?ticket=guessed", cookie=None).status_code == 403


@pytest.mark.parametrize("path", ["/", "/static/app.js", "/template.xlsx", "/workbooks/abc/data"])
def test_nothing_is_answered_without_a_session(client: WebClient, path: str) -> None:
    for cookie in (None, f"bulkload-{PORT}=guessed", f"bulkload-1={client.cookie}"):
        answer = client.ask("GET", path, cookie=cookie, accept="text/html")
        assert (answer.status_code, ENDED in answer.text) == (403, True)


def test_addresses_outside_the_prefix_lead_nowhere(client: WebClient) -> None:
    for path in ("/", "/enter", "/static/app.js", "/workbooks"):
        answer = client.ask("GET", path, prefix="")
        assert answer.status_code == 403
        assert client.access.prefix not in answer.text


def test_two_files_without_words_of_ours_are_public(client: WebClient) -> None:
    for path in ("/static/app.css", "/static/icon.svg"):
        assert client.ask("GET", path, prefix="", cookie=None).status_code == 200


# --- origins -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_another_site_gets_nothing(client: WebClient, site: str) -> None:
    for method, path in (("GET", "/"), ("GET", "/static/app.js"), ("POST", "/alive")):
        assert client.ask(method, path, b"{}", sec_fetch_site=site).status_code == 403


@pytest.mark.parametrize(
    "changed",
    [
        {"x_bulkload": None},
        {"x_bulkload": "guessed"},
        {"origin": None},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"sec_fetch_site": "none"},
        {"content_type": "text/plain"},
        {"content_type": "application/x-www-form-urlencoded"},
        {"content_type": "multipart/form-data; boundary=x"},
        {"content_type": None},
        {"cookie": None},
    ],
)
@pytest.mark.parametrize(
    "path", ["/alive", "/quit", "/workbooks?name=a.xlsx", "/workbooks/abc/cells", "/tickets"]
)
def test_a_write_is_refused_unless_all_of_its_proofs_are_right(
    client: WebClient, path: str, changed: dict[str, str | None]
) -> None:
    assert client.ask("POST", path, b"{}", **changed).status_code == 403
    assert not client.server.is_quitting


def test_the_token_of_another_session_does_not_count(client: WebClient) -> None:
    other = client.access.script_token(client.access.begin_session()) or ""
    assert client.ask("POST", "/alive", b"{}", x_bulkload=other).status_code == 403


def test_a_get_changes_nothing(client: WebClient) -> None:
    for path in ("/quit", "/workbooks", "/tickets", "/alive", "/workbooks/abc/cells"):
        assert client.ask("GET", path).status_code in {404, 405}
    assert not client.server.is_quitting


# --- another process of the same user ------------------------------------------------------------------


def test_the_key_gives_a_ticket_to_another_process(client: WebClient) -> None:
    answer = client.ask(
        "POST", "/tickets", b"", cookie=None, origin=None, sec_fetch_site=None, x_bulkload=client.access.key
    )
    address = answer.json()["url"]
    assert client.ask("GET", _entrance(client, address), cookie=None).status_code == 200


def test_the_key_brings_a_workbook_along(client: WebClient) -> None:
    content = (SAMPLES / "campaigns.xlsx").read_bytes()
    answer = client.ask(
        "POST",
        "/tickets?name=december.xlsx",
        content,
        cookie=None,
        origin=None,
        sec_fetch_site=None,
        x_bulkload=client.access.key,
    )
    led_on = client.ask("GET", _entrance(client, answer.json()["url"]), cookie=None)
    assert re.search(r"url=/\w{16}/workbooks/\w{16}", led_on.text)


@pytest.mark.parametrize("key", ["", "guessed"])
def test_another_key_gives_none(client: WebClient, key: str) -> None:
    assert client.ask("POST", "/tickets", b"", origin=None, x_bulkload=key).status_code == 403


def test_a_browser_gets_no_ticket_even_with_the_key(client: WebClient) -> None:
    assert client.ask("POST", "/tickets", b"", x_bulkload=client.access.key).status_code == 403


# --- headers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("/", {}),
        ("/static/app.js", {}),
        ("/no-such-page", {}),
        ("/", {"cookie": None}),
        ("/", {"host": "evil.example"}),
        ("/enter?ticket=guessed", {}),
        ("/template.xlsx", {}),
    ],
)
def test_every_answer_has_the_headers(client: WebClient, path: str, changed: dict[str, str | None]) -> None:
    answer = client.ask("GET", path, **changed)
    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_the_policy_allows_our_own_files_alone() -> None:
    assert SECURITY_HEADERS["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


# --- what the sources may not contain ------------------------------------------------------------------


def test_no_source_writes_markup() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\|\s*safe\b|Markup\(|eval\(|new Function"
    )
    for path in [*ROOM.rglob("*.py"), *ROOM.rglob("*.js"), *ROOM.rglob("*.html")]:
        assert not forbidden.search(path.read_text("utf-8")), path


def test_no_template_has_inline_script_or_style() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)
    for path in ROOM.rglob("*.html"):
        assert not inline.search(path.read_text("utf-8")), path


def test_pages_load_nothing_from_elsewhere() -> None:
    elsewhere = re.compile(r"(?:src|href|url\()\s*=?\s*[\"'(]?(?:https?:)?//", re.IGNORECASE)
    for path in [*ROOM.rglob("*.html"), *ROOM.rglob("*.css"), *ROOM.rglob("*.js")]:
        assert not elsewhere.search(path.read_text("utf-8")), path


# --- uploads, downloads --------------------------------------------------------------------------------


def test_a_file_beyond_the_limit_is_refused_while_it_arrives(client: WebClient) -> None:
    answer = client.ask(
        "POST", "/workbooks?name=a.xlsx", b"PK" * 25_000_001, content_type="application/octet-stream"
    )
    assert (answer.status_code, answer.json()["error"]) == (413, "The file has more than 50 MB.")
    assert list((client.folder / "web" / "workbooks").iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        "../../escape.xlsx",
        "..\\..\\escape.xlsx",
        "/etc/escape.xlsx",
        "C:\\escape.xlsx",
        "esc\x00ape.xlsx",
        '"escape.xlsx',
    ],
)
def test_a_name_never_leads_out_of_the_folder(client: WebClient, name: str) -> None:
    answer = client.add(SAMPLES / "campaigns.xlsx", name)
    assert answer.status_code == 201
    files = [path for path in client.folder.rglob("*") if path.is_file()]
    assert [path.name for path in files] == ["escape.xlsx"]
    assert files[0].parent.parent == client.folder / "web" / "workbooks"


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_what_is_stored_can_be_read_by_its_user_alone(client: WebClient) -> None:
    client.add(SAMPLES / "campaigns.xlsx")
    for path in (client.folder / "web").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_an_id_from_the_browser_is_never_a_path(client: WebClient) -> None:
    for book in ("..%2F..%2Fetc", "%2e%2e", "workbooks", "a"):
        assert client.ask("GET", f"/workbooks/{book}/data").status_code == 404


@pytest.mark.parametrize("path", ["/template.xlsx", "/example.xlsx"])
def test_a_download_is_an_attachment_of_a_fixed_type(client: WebClient, path: str) -> None:
    answer = client.ask("GET", path)
    assert (
        answer.headers["content-type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    assert answer.headers["content-disposition"].startswith('attachment; filename="')


def test_the_name_of_a_download_is_cleaned(client: WebClient) -> None:
    address = client.add(SAMPLES / "campaigns.xlsx", 'Grüße "12".xlsx').json()["url"]
    answer = client.ask("GET", f"/{address}/file")
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"Gr__e 12.xlsx\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%2012.xlsx"
    )


# --- coming and going ----------------------------------------------------------------------------------


def test_the_server_notices_that_no_page_is_open_any_more(client: WebClient) -> None:
    client.clock.time += 100
    assert client.server.idle_seconds() == 100
    client.ask("POST", "/alive", b"{}")
    assert client.server.idle_seconds() == 0


def test_quit_says_goodbye_and_ends(client: WebClient) -> None:
    answer = client.ask("POST", "/quit", b"{}")
    assert answer.json() == {
        "headline": "bulkload is closed.",
        "rest": "Your runs are kept. You may close this page.",
    }
    assert client.server.is_quitting


def test_a_workbook_without_edits_goes_and_one_with_edits_stays(client: WebClient) -> None:
    client.add(SAMPLES / "campaigns.xlsx")
    edited = client.add(SAMPLES / "mistakes.xlsx").json()["url"]
    edit = {"sheet": "campaigns", "edits": [{"row": 6, "heading": "Queue", "value": "Collections EN"}]}
    assert client.ask("POST", f"/{edited}/cells", edit).status_code == 200
    client.server.close()
    assert [path.name for path in (client.folder / "web" / "workbooks").iterdir()] == [
        edited.rpartition("/")[2]
    ]


def test_a_workbook_with_edits_is_offered_at_the_next_start(client: WebClient) -> None:
    address = client.add(SAMPLES / "mistakes.xlsx").json()["url"]
    edit = {"sheet": "campaigns", "edits": [{"row": 6, "heading": "Queue", "value": "Collections EN"}]}
    client.ask("POST", f"/{address}/cells", edit)
    client.server.close()
    again = WebClient(client.folder)
    assert f'/{address}"><b>mistakes.xlsx</b></a><span class="quiet">1 change, ' in again.get_page("/").text
    row = next(
        row for row in again.ask("GET", f"/{address}/data").json()["campaigns"]["rows"] if row["row"] == 6
    )
    assert row["state"] == "ready"


def test_edits_of_a_week_ago_are_removed(client: WebClient) -> None:
    address = client.add(SAMPLES / "mistakes.xlsx").json()["url"]
    edit = {"sheet": "campaigns", "edits": [{"row": 6, "heading": "Queue", "value": "Collections EN"}]}
    client.ask("POST", f"/{address}/cells", edit)
    kept = client.folder / "web" / address / "edits.json"
    os.utime(kept, (0, 0))
    client.server.close()
    assert list((client.folder / "web" / "workbooks").iterdir()) == []
