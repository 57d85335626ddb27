"""Where settings are looked for: the command line, the environment, ``.env`` and ``profile.toml``.

Each value is kept with its source, for the messages that name a place and for the rules about which source may
set what. A name that is not known is an error with its place.
"""

from __future__ import annotations

import io
import os
import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import platformdirs
from dotenv.parser import parse_stream

from bulkload.errors import SettingsError
from bulkload.settings.fields import PREFIX, AccountFields, SettingsFields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dotenv.parser import Binding

DOTENV = ".env"
NOT_IN_DOTENV = frozenset({"account", "state_dir", "config_dir", "settle"})
"""A folder must not decide which account is used, which journal is read or how long a lost answer is waited for."""
_SECRET_OF = re.compile(r"(?P<account>.+)_client_secret")


class SourceKind(StrEnum):
    """The kinds of places that have settings."""

    FLAG = "the command line"
    ENVIRONMENT = "the environment"
    DOTENV = "the file"
    PROFILE = "the older file"
    ACCOUNT = "the section"
    KEYRING = "the keyring of this computer"
    PRACTICE = "the sandbox"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was found."""

    kind: SourceKind
    path: Path | None = None
    line: int | None = None
    section: str | None = None

    def __str__(self) -> str:
        """``the environment``, ``line 3 of /home/dana/.env``, ``section acme of /home/dana/accounts.toml``."""
        if self.path is None:
            return str(self.kind)
        place = f"section {self.section}" if self.section else f"line {self.line}" if self.line else ""
        return f"{place} of {self.path}" if place else str(self.path)

    @property
    def origin(self) -> tuple[SourceKind, Path | None, str | None]:
        """The same for two values that were written together."""
        return self.kind, self.path, self.section


@dataclass(frozen=True, slots=True)
class Found:
    """A value as it was written, and where."""

    value: Any
    source: Source


Candidates: TypeAlias = "dict[str, list[Found]]"
"""Everything that was found for each setting, the first one counts."""


def config_dir() -> Path:
    """The folder of ``accounts.toml`` and ``profile.toml``."""
    given = _environment().get("config_dir")
    return Path(given) if given else platformdirs.user_config_path("bulkload")


def profile_path() -> Path:
    """The file that held settings before accounts had names."""
    return config_dir() / "profile.toml"


def candidates(flags: Mapping[str, Any], accounts: Iterable[str]) -> Candidates:
    """Everything that is set for each setting; ``accounts`` are the names of accounts that exist.

    Raises SettingsError for names that are not known and for files that can't be read.
    """
    found: Candidates = {}
    for name, value in flags.items():
        if value is not None:
            found.setdefault(name, []).append(Found(value, Source(SourceKind.FLAG)))
    for values in (_from_environment(frozenset(accounts)), _from_dotenv(), _from_profile()):
        for name, one in values.items():
            found.setdefault(name, []).append(one)
    return found


def account_secret(account: str) -> str | None:
    """The account's Client Secret, where its own environment variable has it."""
    return _environment().get(secret_setting(account)) or None


def secret_setting(account: str) -> str:
    """The setting that holds an account's secret: ``acme_client_secret``."""
    return f"{account.replace('-', '_')}_client_secret"


# --- the environment and .env --------------------------------------------------------------------------


def _environment() -> dict[str, str]:
    """Our variables by the setting's name, whatever their case."""
    return {
        name[len(PREFIX) :].lower(): value.strip()
        for name, value in os.environ.items()
        if name.upper().startswith(PREFIX)
    }


def _from_environment(accounts: frozenset[str]) -> dict[str, Found]:
    source = Source(SourceKind.ENVIRONMENT)
    for name in os.environ:
        _refuse_if_unknown(name, source, accounts)
    return {name: Found(value, source) for name, value in _environment().items() if value and _is_field(name)}


def _from_dotenv() -> dict[str, Found]:
    path = Path(DOTENV).absolute()
    found = {}
    for binding in _bindings(path):
        source = Source(SourceKind.DOTENV, path, _line(binding))
        key = binding.key or ""
        _refuse_if_unknown(key, source, None)
        if not key.upper().startswith(PREFIX):
            continue
        name = key[len(PREFIX) :].lower()
        if name in NOT_IN_DOTENV:
            raise SettingsError(
                "{setting:{name}} may not be set in {place}.",
                "Set it in the environment instead.",
                place=source,
                name=name,
            )
        if binding.value:
            found[name] = Found(binding.value, source)
    return found


def _bindings(path: Path) -> Iterator[Binding]:
    """The lines of ``.env`` that set something. Raises SettingsError for a line that can't be read."""
    for binding in parse_stream(io.StringIO(_text(path))):
        if binding.error or (binding.key is not None and binding.value is None):
            raise SettingsError(
                "Can't read {place}.",
                "Write one setting per line, such as {example}=30.",
                place=Source(SourceKind.DOTENV, path, _line(binding)),
                example=f"{PREFIX}RATE",
            )
        if binding.key is not None:
            yield binding


def _line(binding: Binding) -> int:
    """The line of a setting: what the parser returns begins with the blank lines above it."""
    text = binding.original.string
    blank = text[: len(text) - len(text.lstrip())]
    return binding.original.line + len(re.findall(r"\r\n|\n|\r", blank))


def _text(path: Path) -> str:
    """The content of ``.env``; empty where there is none."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise SettingsError(
            "{path} can't be read ({reason}).", "Look at its rights.", path=path, reason=error.strerror
        ) from None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw:
        raise SettingsError(
            "Line 1 of {path} is UTF-16 text, which can't be read.",
            "Save the file again with the encoding UTF-8.",
            path=path,
        )
    return _decoded(raw, path)


def _decoded(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(
            "Line {line} of {path} is not UTF-8 text.",
            "Save the file again with the encoding UTF-8.",
            line=raw[: error.start].count(b"\n") + 1,
            path=path,
        ) from None


# --- names ---------------------------------------------------------------------------------------------


def _is_field(name: str) -> bool:
    return name in SettingsFields.model_fields


def _refuse_if_unknown(variable: str, source: Source, accounts: frozenset[str] | None) -> None:
    """Raise SettingsError for a variable of ours that sets nothing.

    ``accounts`` may have a variable each for their secret; None where such variables are not allowed.
    """
    upper = variable.upper()
    name = upper.removeprefix(PREFIX).lower()
    if not upper.startswith(PREFIX) and not _is_misspelt_prefix(upper):
        return
    if _is_field(name) or (accounts and name in map(secret_setting, accounts)):
        return
    secret = _SECRET_OF.fullmatch(name)
    if secret and accounts is None:
        raise SettingsError(
            "{variable} may not be set in {place}.",
            "Set it in the environment instead.",
            place=source,
            variable=variable,
        )
    _refuse(variable, source, [*SettingsFields.model_fields, *map(secret_setting, sorted(accounts or ()))])


def _is_misspelt_prefix(upper: str) -> bool:
    """Whether a variable is nearly one of ours: BULKLAOD_HOST, BULKLOADHOST; not BULKLOADER_HOST."""
    prefix, _, rest = upper.partition("_")
    if not _is_field(rest.lower()):
        return any(upper == (PREFIX + name.upper()).replace("_", "") for name in SettingsFields.model_fields)
    return abs(len(prefix) - 8) < 2 and bool(get_close_matches(prefix, [PREFIX.rstrip("_")], 1, 0.85))


def _refuse(variable: str, source: Source, known: list[str]) -> None:
    """Raise SettingsError, with the name that was probably meant."""
    name = re.sub(f"^{PREFIX.lower()}?|^[^_]*_", "", variable.lower())
    is_secret = _SECRET_OF.fullmatch(name) is not None
    near = get_close_matches(
        name, [one for one in known if is_secret == bool(_SECRET_OF.fullmatch(one))], 1, 0.6
    )
    if near:
        fix = "Did you mean {setting:{near}}?"
    elif is_secret:
        fix = "Remove it, or add the account that it is for: {command:accounts add}"
    else:
        fix = "Remove it."
    raise SettingsError(
        "{variable} in {place} is not a setting.",
        fix,
        variable=variable,
        place=source,
        near=near[0] if near else "",
    )


# --- profile.toml --------------------------------------------------------------------------------------

PROFILE_KEYS = frozenset(
    {*AccountFields.model_fields, "concurrency", "timeout", "settle", "ready_timeout", "state_dir"}
)


def _from_profile() -> dict[str, Found]:
    path = profile_path()
    values = read_toml(path)
    for key in values:
        if key not in PROFILE_KEYS:
            raise SettingsError(
                "{key} in {place} is not a setting.",
                "Correct the name or remove it.",
                place=Source(SourceKind.PROFILE, path, line_of(path, key)),
                key=key,
            )
    return {key: Found(value, Source(SourceKind.PROFILE, path)) for key, value in values.items()}


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file; empty where there is none. Raises SettingsError where it can't be read."""
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            "{path} can't be read: {reason}.",
            "Correct that line.",
            path=path,
            reason=str(error)[:1].lower() + str(error)[1:],
        ) from None


def line_of(path: Path, key: str, section: str | None = None) -> int | None:
    """The line on which a section or a key of it begins; None where it is written in an unusual way.

    tomllib gives lines for syntax errors alone.
    """
    current: str | None = None
    for number, line in enumerate(_text(path).splitlines(), 1):
        header = re.match(r"""\s*\[\s*["']?(.+?)["']?\s*\]""", line)
        current = header[1] if header else current
        if header and current == section and not key:
            return number
        if not header and current == section and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line):
            return number
    return None
