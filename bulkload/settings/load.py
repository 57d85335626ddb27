"""The settings of one command: the sources joined, converted and checked.

Raises SettingsError, naming everything that is missing or wrong at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import platformdirs

from bulkload.base_url import is_loopback, parse_base_url
from bulkload.errors import SettingsError
from bulkload.model import ApiVersion
from bulkload.settings.accounts_file import AccountsFile
from bulkload.settings.fields import (
    BOUND_TO_HOST,
    IDENTITY,
    SANDBOX,
    Credentials,
    SectionFields,
    Settings,
    SettingsFields,
)
from bulkload.settings.secret_store import SecretPlace, read_secret
from bulkload.settings.sources import (
    Found,
    Source,
    SourceKind,
    account_secret,
    candidates,
    config_dir,
    secret_setting,
)
from bulkload.settings.validate import validated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from bulkload.settings.accounts_file import AccountSection
    from bulkload.settings.sources import Candidates

SHORTEST_SETTLE = 30
"""Seconds that a lost answer needs at least; a service on this computer has no such delay."""
_PASSED_ON = tuple(
    name
    for name in SettingsFields.model_fields
    if name in Settings.__dataclass_fields__ and name not in {*IDENTITY, "account", "state_dir"}
)
"""Settings that reach ``Settings`` as they are."""


def accounts_file() -> AccountsFile:
    """The accounts that have names."""
    return AccountsFile.read(config_dir())


def chosen_account(flags: Mapping[str, Any]) -> str | None:
    """The name of the account that the command line or the environment chooses; None where neither does."""
    return _account_in(_found(flags))


def has_own_settings(flags: Mapping[str, Any]) -> bool:
    """Whether the environment or a file sets anything that says which account is meant, without a name."""
    found = _found(flags)
    return any(name in found for name in IDENTITY)


def api_version(flags: Mapping[str, Any]) -> ApiVersion:
    """The API version alone, which is all that a check needs, whether or not the other settings are right."""
    found = _found(flags)
    name = _account_in(found)
    section = accounts_file().section(name) if name else None
    return validated(SettingsFields, _winners(found, section, ("api_version",)), name).api_version


def state_dir(flags: Mapping[str, Any]) -> Path:
    """The folder of journals alone, which is all that listing earlier runs needs."""
    return _state_dir(validated(SettingsFields, _winners(_found(flags), None, ("state_dir",))).state_dir)


def load(flags: Mapping[str, Any], *, defaults: Mapping[str, Any] | None = None) -> Settings:
    """All settings; ``flags`` are those given on the command line (None: not given).

    ``defaults`` replace host, application, account and credentials: the embedded sandbox's own.
    """
    found = _found(flags)
    name = _account_in(found)
    section = accounts_file().section(name) if name else None
    if defaults is not None:
        return _practice(found, section, defaults)
    if section is None:
        _must_be_from_one_source(found)
    else:
        _must_be_from_its_section(found, section)
    return _settings(found, section)


def load_section(section: AccountSection, secret: str | None = None) -> Settings:
    """The settings of one account, whichever is chosen; ``secret`` is one that is not stored yet."""
    everything = candidates({}, [*accounts_file().sections, section.name])
    found = {name: values for name, values in everything.items() if name not in IDENTITY}
    return _settings(found, section, secret=secret)


def check_setting(name: str, typed: Any) -> Any:
    """The value of one setting of an account as it is stored. Raises SettingsError for what it can't be."""
    value = getattr(validated(SectionFields, {name: Found(typed, Source(SourceKind.FLAG))}), name)
    match name:
        case "host":
            return parse_base_url(typed)
        case "app_id":
            return _application(typed.strip(), name)
        case "account_id":
            return _account_id(typed.strip(), name)
        case _:
            return str(value) if isinstance(value, ApiVersion) else value


# --- joining -------------------------------------------------------------------------------------------


def _found(flags: Mapping[str, Any]) -> Candidates:
    return candidates(flags, accounts_file().sections)


def _account_in(found: Candidates) -> str | None:
    values = found.get("account")
    return str(values[0].value) if values else None


def _winners(found: Candidates, section: AccountSection | None, names: Iterable[str]) -> dict[str, Found]:
    """The value that counts for each setting, where it has one."""
    winners = {}
    for name in names:
        values = found.get(name, [])
        if section and name in section.values:
            own = Found(section.values[name], section.source)
            values = [*(one for one in values if one.source.kind is SourceKind.FLAG), own]
        if values:
            winners[name] = values[0]
    return winners


def _practice(found: Candidates, section: AccountSection | None, defaults: Mapping[str, Any]) -> Settings:
    """The sandbox's settings; of a chosen account it has the API version and the rate alone."""
    source = Source(SourceKind.PRACTICE)
    winners = _winners(found, section, (*IDENTITY, *_PASSED_ON, "state_dir"))
    winners |= {name: Found(value, source) for name, value in defaults.items()}
    return _built(winners, None, label=SANDBOX)


def _settings(found: Candidates, section: AccountSection | None, secret: str | None = None) -> Settings:
    winners = _winners(found, section, ("account", *IDENTITY, *_PASSED_ON, "state_dir"))
    if section:
        winners |= _secret_of(section, secret)
    return _built(winners, section)


def _built(winners: Mapping[str, Found], section: AccountSection | None, label: str = "") -> Settings:
    account = section.name if section else None
    fields = validated(SettingsFields, winners, account)
    _must_be_complete(fields, section)
    prefix = f"{account}." if account else ""
    host = parse_base_url(fields.host or "", f"{prefix}host")
    if fields.settle < SHORTEST_SETTLE and not (label or is_loopback(host)):
        _refuse_short_settle(fields.settle)
    return Settings(
        host=host,
        app_id=_application((fields.app_id or "").strip(), f"{prefix}app_id"),
        account_id=_account_id((fields.account_id or "").strip(), f"{prefix}account_id"),
        credentials=Credentials((fields.client_id or "").strip(), (fields.client_secret or "").strip()),
        state_dir=_state_dir(fields.state_dir),
        **{name: getattr(fields, name) for name in _PASSED_ON},
        label=label or host,
        account=account,
        **_for_people(section),
        sources={name: one.source for name, one in winners.items()},
    )


def _for_people(section: AccountSection | None) -> dict[str, Any]:
    if section is None:
        return {}
    own = {name: value for name, value in section.values.items() if name in {"title", "production"}}
    fields = validated(
        SectionFields, {name: Found(value, section.source) for name, value in own.items()}, section.name
    )
    return {"title": fields.title, "production": fields.production}


def secret_place(section: AccountSection) -> SecretPlace | None:
    """Where the account's secret is; None where it is missing."""
    if account_secret(section.name):
        return SecretPlace.ENVIRONMENT
    if section.values.get("client_secret"):
        return SecretPlace.FILE
    return SecretPlace.KEYRING if read_secret(section.values) else None


def _secret_of(section: AccountSection, secret: str | None) -> dict[str, Found]:
    """The account's secret: its own environment variable, then the keyring, then its section."""
    if secret:
        return {"client_secret": Found(secret, Source(SourceKind.FLAG))}
    if given := account_secret(section.name):
        return {"client_secret": Found(given, Source(SourceKind.ENVIRONMENT))}
    if "client_secret" not in section.values and (kept := read_secret(section.values)):
        return {"client_secret": Found(kept, Source(SourceKind.KEYRING))}
    return {}


def _state_dir(given: Path | None) -> Path:
    """The folder, made where it is missing. Raises SettingsError where that can't be done."""
    path = given or platformdirs.user_state_path("bulkload")
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingsError(
            "{setting:state_dir} is {path}, which can't be used as a folder ({reason}).",
            "Choose another folder.",
            path=path,
            reason=error.strerror,
        ) from None
    return path


# --- what must be true ---------------------------------------------------------------------------------


def _must_be_from_one_source(found: Candidates) -> None:
    """A ``.env`` in some folder must not redirect credentials that come from elsewhere to its host."""
    first = {name: found[name][0].source for name in BOUND_TO_HOST if found.get(name)}
    host = first.pop("host", None)
    for name, source in first.items():
        if host is not None and source.origin != host.origin:
            raise SettingsError(
                "{setting:host} comes from {place}, but {setting:{name}} from {other}.",
                "Set them in one place, so that no other server receives the credentials.",
                place=host,
                name=name,
                other=source,
            )


def _must_be_from_its_section(found: Candidates, section: AccountSection) -> None:
    for name in IDENTITY:
        if found.get(name):
            raise SettingsError(
                "{setting:{name}} is set in {place}, but account {account} has its own in {section}.",
                "Remove it from {place}, or do without {choice:account}.",
                name=name,
                place=found[name][0].source,
                account=section.name,
                section=section.source,
            )


def _must_be_complete(fields: SettingsFields, section: AccountSection | None) -> None:
    missing = [name for name in IDENTITY if not (getattr(fields, name) or "").strip()]
    if section and missing == ["client_secret"]:
        raise SettingsError(
            "The secret of account {account} is in none of its places: {setting:{variable}}, the keyring, {path}.",
            "Store it again: {command:accounts add {account}}",
            account=section.name,
            variable=secret_setting(section.name),
            path=section.source.path,
        )
    if section and missing:
        raise SettingsError(
            "Missing in {section}: {missing}.",
            "Add it there.",
            section=section.source,
            missing=", ".join(missing),
        )
    if missing:
        raise SettingsError(
            "Missing settings: {setting:{missing}}.",
            "Set them in the environment or in .env, add the account ({command:accounts add}), "
            "or practice ({choice:sandbox}).",
            missing=", ".join(missing),
        )


def _application(typed: str, setting: str) -> str:
    """The application ID. The service would only say that it does not accept the credentials."""
    if typed.startswith("st-"):
        return typed
    raise SettingsError(
        "{setting:{name}} is {typed}, but an application ID starts with st-.",
        "Copy it again.",
        name=setting,
        typed=typed,
    )


def _account_id(typed: str, setting: str) -> str:
    if re.fullmatch("[0-9a-fA-F]{24}", typed):
        return typed
    raise SettingsError(
        "{setting:{name}} is {typed}, but an account ID is 24 characters of 0-9 and a-f.",
        "Copy it again.",
        name=setting,
        typed=typed,
    )


def _refuse_short_settle(settle: float) -> None:
    raise SettingsError(
        "{setting:settle} is {typed}, but must be at least {shortest}: Kore.ai may show a new campaign late.",
        "Set it to {shortest} or more.",
        typed=f"{settle:g}",
        shortest=SHORTEST_SETTLE,
    )
