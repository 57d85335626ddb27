"""Accounts by name: list, add and remove them, and choose the one that a workbook belongs to.

An account's host, IDs and secret stand together in its section of ``accounts.toml``, so that nothing of one account
reaches another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulkload.base_url import parse_base_url
from bulkload.errors import SettingsError
from bulkload.kore.reader import AccountReader
from bulkload.messages import MessageTemplate
from bulkload.model import AccountIdentity
from bulkload.run.journals import runs_of_this_machine
from bulkload.settings import (
    AccountSection,
    AccountsFile,
    SecretPlace,
    Source,
    SourceKind,
    accounts_file,
    chosen_account,
    config_dir,
    has_own_settings,
    load,
    profile_path,
    read_toml,
    secret_place,
    state_dir,
)
from bulkload.settings.accounts_file import check_name
from bulkload.settings.secret_store import forget_secret, keyring_works, store_secret

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from bulkload.messages import Message
    from bulkload.model import AccountBinding, RunInfo
    from bulkload.ports import Clock
    from bulkload.settings import Settings


# --- the list ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """One account as ``accounts`` lists it."""

    name: str
    title: str | None
    host: str
    application: str
    account_id: str
    api_version: str
    production: bool
    secret: SecretPlace | None
    """Where its secret is; None where it is missing."""
    last_run: datetime | None

    def to_json(self) -> dict[str, Any]:
        """The object that ``--json`` shows."""
        return {
            "name": self.name,
            "title": self.title,
            "host": self.host,
            "application": self.application,
            "account_id": self.account_id,
            "api_version": self.api_version,
            "production": self.production,
            "secret": self.secret and str(self.secret),
            "last_run": self.last_run and self.last_run.isoformat(),
        }


def list_accounts() -> tuple[AccountSummary, ...]:
    """Every account by name. Raises SettingsError for a file that can't be used."""
    runs = runs_of_this_machine(state_dir({}))
    return tuple(_summary(section, runs) for _, section in sorted(accounts_file().sections.items()))


def _summary(section: AccountSection, runs: Sequence[RunInfo]) -> AccountSummary:
    identity = _identity(section)
    own = [
        run.started for run in runs if (run.host, run.application) == (identity.host, identity.application)
    ]
    return AccountSummary(
        name=section.name,
        title=section.title,
        host=identity.host,
        application=identity.application,
        account_id=identity.account_id or "",
        api_version=str(section.values.get("api_version", "v2")),
        production=section.production,
        secret=secret_place(section),
        last_run=max(own, default=None),
    )


def _identity(section: AccountSection) -> AccountIdentity:
    return AccountIdentity(
        host=_normalised(str(section.values.get("host", ""))),
        application=str(section.values.get("app_id", "")).strip(),
        account_id=str(section.values.get("account_id", "")).strip(),
        name=section.name,
        title=section.title,
    )


def _normalised(host: str) -> str:
    """The host in its one spelling; as typed where it is not an address, which is said when it is used."""
    try:
        return parse_base_url(host)
    except SettingsError:
        return host.strip()


# --- add, test, remove ---------------------------------------------------------------------------------

ACCOUNT_KEYS = (
    "host",
    "app_id",
    "account_id",
    "client_id",
    "api_version",
    "rate",
    "window",
    "title",
    "production",
)
"""The keys of a section besides the secret, in the order in which they are asked for."""


def values_of_profile() -> dict[str, Any]:
    """What ``profile.toml`` says of an account; empty where there is no such file."""
    values = read_toml(profile_path())
    return {name: value for name, value in values.items() if name in {*ACCOUNT_KEYS, "client_secret"}}


def retire_profile() -> Path:
    """Rename ``profile.toml``, whose settings an account has taken over."""
    path = profile_path()
    kept = path.with_name(f"{path.name}.old")
    path.replace(kept)
    kept.chmod(0o600)
    return kept


def new_section(name: str, values: Mapping[str, Any]) -> AccountSection:
    """An account that is not stored yet. Raises SettingsError for a name that it can't have."""
    path = accounts_file().path
    return AccountSection(check_name(name), dict(values), Source(SourceKind.ACCOUNT, path, None, name))


async def count_campaigns(settings: Settings, *, clock: Clock | None = None) -> int | None:
    """How many campaigns the account has, if it says so: the test that its settings work.

    Raises NetworkError, ServiceError or CredentialsError where they don't.
    """
    async with AccountReader(settings, clock=clock) as reader:
        return await reader.total_campaigns()


def store_account(section: AccountSection, secret: str, place: SecretPlace | None = None) -> SecretPlace:
    """Write the account's section, and its secret where it is to be kept; the place is returned.

    ``place`` None: the keyring where one works, else the file. Raises SettingsError where it can't be written.
    """
    wanted = place or (SecretPlace.KEYRING if keyring_works() else SecretPlace.FILE)
    values = {name: value for name, value in section.values.items() if name != "client_secret"}
    if wanted is SecretPlace.KEYRING and not store_secret(values, secret):
        if place is not None:
            raise SettingsError(
                "No keyring works here.", "Install bulkload[keyring], or keep the secret in the file."
            )
        wanted = SecretPlace.FILE
    if wanted is SecretPlace.FILE:
        values["client_secret"] = secret
    AccountsFile.read(config_dir()).put(section.name, values)
    return wanted


def remove_account(name: str) -> None:
    """Remove an account and its secret; the journal of its runs stays."""
    file = accounts_file()
    section = file.section(name)
    forget_secret(section.values)
    file.remove(name)


# --- the account of a workbook -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """The account that a workbook is sent to."""

    name: str | None
    """The account by name; None: the settings without a name, or the sandbox."""
    ignore_ids: bool = False
    """Whether the Campaign IDs of the workbook mean nothing there."""
    notice: Message | None = None
    """What the person must know about it."""


PRACTICE_IDS = MessageTemplate(
    "practice-ids",
    "This workbook comes from the sandbox. Its Campaign IDs are not real and are ignored.",
)
COPIED = MessageTemplate(
    "copied-to-another-account",
    "This workbook belongs to {owner}; it is copied to {chosen}.",
    example={"owner": "acme (platform.kore.ai)", "chosen": "bolt (eu.kore.ai)"},
)


def choose_account(
    binding: AccountBinding | None,
    chosen: AccountIdentity | None,
    available: Sequence[AccountIdentity],
    *,
    as_new: bool = False,
) -> AccountChoice:
    """The account for a workbook with this binding.

    ``chosen`` is the account that the command line or the environment names; ``available`` are those with names.
    Host, application and account ID decide; the name in the workbook decides nothing. Raises SettingsError where the
    workbook belongs to another account than the chosen one, or to none that is known here.
    """
    if chosen is not None and chosen.practice:
        return AccountChoice(None)
    if binding is None:
        return AccountChoice(chosen.name if chosen else None)
    if binding.practice:
        return AccountChoice(chosen.name if chosen else None, ignore_ids=True, notice=PRACTICE_IDS())
    if chosen is None:
        return AccountChoice(_owner_among(available, binding).name)
    if _is_same(chosen, binding):
        return AccountChoice(chosen.name)
    owner = next((one for one in available if _is_same(one, binding)), None)
    described = _described(owner or _identity_of(binding), chosen)
    if as_new:
        notice = COPIED(owner=described, chosen=_described(chosen, _identity_of(binding)))
        return AccountChoice(chosen.name, ignore_ids=True, notice=notice)
    raise SettingsError(
        "This workbook belongs to {owner}, but {chosen} is chosen; nothing was sent.",
        "Choose its own account, or copy it on purpose: {choice:as_new}",
        owner=described,
        chosen=_described(chosen, _identity_of(binding)),
    )


def settings_for(
    binding: AccountBinding | None, flags: Mapping[str, Any], *, as_new: bool = False
) -> tuple[Settings, AccountChoice]:
    """The settings of the account that a workbook goes to. Raises SettingsError as ``choose_account`` and ``load``."""
    chosen = load(flags) if chosen_account(flags) or has_own_settings(flags) else None
    available = tuple(_identity(section) for section in accounts_file().sections.values())
    choice = choose_account(binding, chosen.identity if chosen else None, available, as_new=as_new)
    if chosen is None:
        chosen = load({**flags, "account": choice.name})
    return chosen, choice


def _owner_among(available: Sequence[AccountIdentity], binding: AccountBinding) -> AccountIdentity:
    """The one account that the workbook belongs to; its name decides between two sections of one account."""
    owners = [one for one in available if _is_same(one, binding)]
    named = [one for one in owners if one.name == binding.name]
    if len(owners) == 1 or named:
        return (named or owners)[0]
    if owners:
        raise SettingsError(
            "This workbook belongs to more than one account: {names}.",
            "Choose one with {choice:account}.",
            names=", ".join(str(one.name) for one in owners),
        )
    raise SettingsError(
        "This workbook belongs to {owner}, which is not among your accounts; nothing was sent.",
        "Add it ({command:accounts add}), or choose another on purpose: {choice:account} with {choice:as_new}",
        owner=_described(_identity_of(binding), None),
    )


def _is_same(account: AccountIdentity, binding: AccountBinding) -> bool:
    return _key(account) == _key(_identity_of(binding))


def _key(account: AccountIdentity) -> tuple[str, str, str]:
    return _normalised(account.host), account.application.strip(), (account.account_id or "").strip().lower()


def _identity_of(binding: AccountBinding) -> AccountIdentity:
    return AccountIdentity(binding.host, binding.application, binding.account_id, binding.name)


def _described(account: AccountIdentity, other: AccountIdentity | None) -> str:
    """The account in words: its name and host, and the IDs in which it differs from another on the same host."""
    host = _normalised(account.host).removeprefix("https://")
    parts = [host]
    if other is None or account.application != other.application:
        parts.append(f"application {account.application}")
    elif account.account_id != other.account_id:
        parts.append(f"account {account.account_id}")
    name = account.title or account.name
    return f"{name} ({', '.join(parts)})" if name else ", ".join(parts)
