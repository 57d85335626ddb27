"""Which account a workbook goes to: the one whose host, application and account ID stand above its headings."""

from __future__ import annotations

import pytest
from support.program.said import refusal_of, said

from bulkload.accounts import COPIED, PRACTICE_IDS, AccountChoice, choose_account, settings_for
from bulkload.errors import SettingsError
from bulkload.model import AccountBinding, AccountIdentity
from bulkload.settings import config_dir

A, B = "a" * 24, "b" * 24
ACME = AccountIdentity("https://platform.kore.ai", "st-1", A, name="acme", title="Acme Bank")
BOLT = AccountIdentity("https://platform.kore.ai", "st-2", A, name="bolt")
COLD = AccountIdentity("https://eu.kore.ai", "st-1", B, name="cold")
UNNAMED = AccountIdentity("https://platform.kore.ai", "st-1", A)
PRACTICE = AccountIdentity("sandbox", "st-0", B)
ALL = (ACME, BOLT, COLD)
TO_ACME = AccountBinding("acme", "https://platform.kore.ai", "st-1", A)
FROM_PRACTICE = AccountBinding(None, "sandbox", "st-0", B)


@pytest.mark.parametrize("chosen", [None, UNNAMED, ACME, BOLT])
def test_a_workbook_without_an_account_goes_to_the_chosen_one(chosen: AccountIdentity | None) -> None:
    assert choose_account(None, chosen, ALL) == AccountChoice(chosen.name if chosen else None)


@pytest.mark.parametrize(
    "binding",
    [
        TO_ACME,
        AccountBinding(None, "platform.kore.ai", "st-1", A),
        AccountBinding("their-name", "HTTPS://Platform.Kore.ai./", " st-1 ", A.upper()),
    ],
)
def test_a_workbook_goes_to_its_account_without_a_flag(binding: AccountBinding) -> None:
    assert choose_account(binding, None, ALL) == AccountChoice("acme")
    assert choose_account(binding, ACME, ALL) == AccountChoice("acme")
    assert choose_account(binding, UNNAMED, ALL) == AccountChoice(None)


def test_the_name_decides_only_between_two_sections_of_one_account() -> None:
    again = AccountIdentity(ACME.host, ACME.application, ACME.account_id, name="acme-v1")
    assert choose_account(TO_ACME, None, (again, ACME)) == AccountChoice("acme")
    unnamed = AccountBinding(None, TO_ACME.host, TO_ACME.application, TO_ACME.account_id)
    assert refusal_of(lambda: choose_account(unnamed, None, (again, ACME))) == (
        "This workbook belongs to more than one account: acme-v1, acme. Choose one with --account."
    )


@pytest.mark.parametrize(
    ("chosen", "described"),
    [
        (BOLT, "bolt (platform.kore.ai, application st-2)"),
        (COLD, "cold (eu.kore.ai, account bbbbbbbbbbbbbbbbbbbbbbbb)"),
        (AccountIdentity("https://eu.kore.ai", "st-9", B), "eu.kore.ai, application st-9"),
    ],
)
def test_another_account_is_refused_unless_it_is_a_copy_on_purpose(
    chosen: AccountIdentity, described: str
) -> None:
    owner = described.replace("bolt", "Acme Bank").replace("st-2", "st-1")
    owner = (
        "Acme Bank (platform.kore.ai, application st-1)"
        if "account" not in described
        else (f"Acme Bank (platform.kore.ai, account {A})")
    )
    assert refusal_of(lambda: choose_account(TO_ACME, chosen, ALL)) == (
        f"This workbook belongs to {owner}, but {described} is chosen; nothing was sent. "
        "Choose its own account, or copy it on purpose: --as-new"
    )
    assert choose_account(TO_ACME, chosen, ALL, as_new=True) == AccountChoice(
        chosen.name, ignore_ids=True, notice=COPIED(owner=owner, chosen=described)
    )


def test_a_workbook_of_an_account_that_is_not_known_is_refused() -> None:
    assert refusal_of(lambda: choose_account(TO_ACME, None, (BOLT, COLD))) == (
        "This workbook belongs to acme (platform.kore.ai, application st-1), which is not among your accounts; "
        "nothing was sent. "
        "Add it (bulkload accounts add), or choose another on purpose: --account with --as-new"
    )


@pytest.mark.parametrize("field", ["host", "application", "account_id"])
def test_each_of_the_three_decides(field: str) -> None:
    other = {"host": "https://eu.kore.ai", "application": "st-9", "account_id": B}[field]
    values = {
        "name": "acme",
        "host": ACME.host,
        "application": ACME.application,
        "account_id": A,
        field: other,
    }
    with pytest.raises(SettingsError) as refused:
        choose_account(AccountBinding(**values), ACME, ALL)
    assert refused.value.exit_status == 4
    assert said(refused.value).startswith("This workbook belongs to acme (")


@pytest.mark.parametrize("binding", [None, TO_ACME, FROM_PRACTICE])
def test_practice_takes_any_workbook(binding: AccountBinding | None) -> None:
    assert choose_account(binding, PRACTICE, ALL) == AccountChoice(None)


@pytest.mark.parametrize("chosen", [UNNAMED, ACME])
def test_the_ids_of_practice_results_are_ignored_and_that_is_said(chosen: AccountIdentity) -> None:
    assert choose_account(FROM_PRACTICE, chosen, ALL) == AccountChoice(
        chosen.name, ignore_ids=True, notice=PRACTICE_IDS()
    )


def test_the_settings_of_the_workbooks_account_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    path = config_dir() / "accounts.toml"
    path.parent.mkdir(parents=True)
    path.write_text(
        "".join(
            f'[{one.name}]\nhost = "{one.host}"\napp_id = "{one.application}"\naccount_id = "{one.account_id}"\n'
            f'client_id = "cs-{one.name}"\nclient_secret = "secret-{one.name}"\n'
            for one in ALL
        )
    )
    path.chmod(0o600)
    settings, choice = settings_for(TO_ACME, {"rate": 7})
    assert (settings.account, settings.rate, choice) == ("acme", 7, AccountChoice("acme"))
    settings, _ = settings_for(None, {"account": "cold"})
    assert settings.account == "cold"
    monkeypatch.setenv("BULKLOAD_ACCOUNT", "bolt")
    assert refusal_of(lambda: settings_for(TO_ACME, {})).startswith("This workbook belongs to acme (")
    settings, choice = settings_for(TO_ACME, {}, as_new=True)
    assert (settings.account, choice.ignore_ids) == ("bolt", True)
