"""Several accounts and applications in one sandbox: each with its own names, campaigns, scopes and rate."""

from __future__ import annotations

import httpx
import pytest
from support.fakes.sandbox_server import PRETEND, Client, body, embedded, headers, separate, token

from bulkload.sandbox.fixtures import ACCOUNT_ID, Application, ContactList, Fixtures

ACME = Application.numbered(1, fixtures=Fixtures(queues=("Acme queue",)))
BANK = Application.numbered(2)
BANK_TOO = Application.numbered(3, account=2)


@pytest.fixture
def sandbox(tmp_path):
    with embedded(tmp_path, applications=(ACME, BANK, BANK_TOO)) as running:
        yield running


def client(sandbox, application: Application) -> Client:
    return Client(sandbox.url, application=application)


def names(client: Client) -> list[str]:
    return [row["name"] for row in client.list().json()["data"]["results"]]


def test_each_application_has_its_own_campaigns_and_names_them_freely(sandbox):
    ids = {}
    for application in (PRETEND, ACME, BANK, BANK_TOO):
        answer = client(sandbox, application).create(body(name="Welcome"))
        ids[application.app_id] = answer.json()["data"]["id"]

    assert len(set(ids.values())) == 4
    assert [names(client(sandbox, one)) for one in (PRETEND, ACME, BANK, BANK_TOO)] == [["Welcome"]] * 4
    assert client(sandbox, ACME).get(ids[BANK.app_id]).status_code == 400
    assert {effect.app_id for effect in sandbox.log.effects} == ids.keys()


def test_each_application_knows_its_own_names_beside_the_fixed_ones(sandbox):
    sent = body(queue_name="Acme queue")

    assert client(sandbox, ACME).create(sent).status_code == 200
    assert client(sandbox, BANK).create(sent).json()["errors"][0]["msg"] == "Queue Acme queue not found"


@pytest.mark.parametrize("claims", [{"appId": BANK.client_id}, {"secret": BANK.client_secret}])
def test_credentials_of_one_application_are_refused_by_another(sandbox, claims):
    right = {"secret": ACME.client_secret, "appId": ACME.client_id}
    answer = client(sandbox, ACME).send("GET", "/campaign/cd-none", auth=token(**{**right, **claims}))

    assert (answer.status_code, answer.json()["errors"][0]["msg"]) == (401, "Invalid SDK credentials")


def test_credentials_that_fit_do_not_open_another_application(sandbox):
    answer = client(sandbox, ACME).send(
        "GET", "/campaign/cd-none", auth=token(secret=BANK.client_secret, appId=BANK.client_id)
    )

    assert answer.status_code == 401
    assert sandbox.log.requests[-1].problem.startswith("the path names another")


def test_an_account_id_of_another_account_is_refused(sandbox):
    auth = token(secret=ACME.client_secret, appId=ACME.client_id)
    address = f"{sandbox.url}/agentassist/api/v1/public/{ACME.app_id}/campaign/cd-none"
    answer = httpx.get(address, headers=headers(iid=ACME.app_id, accountId=ACCOUNT_ID, auth=auth))

    assert answer.status_code == 401


def test_the_rate_belongs_to_the_account_and_its_applications_share_it(tmp_path):
    with embedded(tmp_path, rate=2, applications=(ACME, BANK, BANK_TOO)) as sandbox:

        def status(application: Application) -> int:
            return client(sandbox, application).list().status_code

        given = [status(BANK), status(BANK_TOO), status(BANK), status(BANK_TOO)]
        others = [status(ACME), status(ACME), status(PRETEND), status(ACME)]

    assert given == [200, 200, 429, 429]
    assert others == [200, 200, 200, 429]


def test_one_application_can_behave_otherwise(sandbox):
    sandbox.configure(BANK.app_id, scopes=["Campaign Management"], campaigns_enabled=False)
    sandbox.configure(BANK_TOO.app_id, faults=[{"kind": "answer", "operation": "list", "times": None}])

    statuses = [client(sandbox, one).list().status_code for one in (ACME, BANK, BANK_TOO)]
    queues = [Client(sandbox.url, "v1", application=one).queues().status_code for one in (ACME, BANK)]

    assert (statuses, queues) == ([200, 403, 503], [200, 401])


def test_settings_of_one_application_can_be_asked_and_changed_over_http(sandbox):
    address = f"{sandbox.url}/_sandbox/settings"
    changed = httpx.post(address, params={"app_id": ACME.app_id}, json={"delay": 0.001}).json()
    unknown = httpx.post(address, params={"app_id": "st-none"}, json={"delay": 0.001})

    assert changed["delay"] == httpx.get(address, params={"app_id": ACME.app_id}).json()["delay"] == 0.001
    assert httpx.get(address).json()["delay"] == 0.0
    assert (unknown.status_code, unknown.json()) == (
        400,
        {"message": "the application st-none is not known"},
    )


def test_each_application_has_its_console(sandbox):
    made = client(sandbox, ACME).create(body()).json()["data"]["id"]
    with sandbox.console_of(ACME.app_id) as console:
        console.rename(made, "Renamed")

    assert names(client(sandbox, ACME)) == ["Renamed"]
    with pytest.raises(KeyError):
        sandbox.console.rename(made, "Other")


def test_a_hundred_accounts_are_served_by_one_process(tmp_path):
    applications = [Application.numbered(number) for number in range(100)]
    with separate(tmp_path / "account.sqlite", applications=applications, rate=2) as process:
        statuses = [Client(process.url, application=one).create(body()).status_code for one in applications]

    assert statuses == [200] * 100


def test_applications_are_written_and_read_as_json():
    fixtures = Fixtures(contact_lists=("A",), details={"A": ContactList("Invalid", 3)})
    application = Application.numbered(7, fixtures=fixtures)

    assert Application.from_json(application.to_json()) == application
    assert "secret" not in repr(application)


def test_a_campaign_service_that_is_switched_off_says_so(sandbox):
    sandbox.configure(campaigns_enabled=False)
    answer = Client(sandbox.url).list()

    assert (answer.status_code, answer.json()) == (
        403,
        {"errors": [{"msg": "Campaign feature is not enabled for this account", "code": 403}]},
    )
    sandbox.configure(switched_off_text="Not in this region")
    assert Client(sandbox.url).list().json()["errors"][0]["msg"] == "Not in this region"
