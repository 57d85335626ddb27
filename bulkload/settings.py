"""Settings, read once at the door into one frozen object; secrets mask themselves.

Where a setting is found, the first that has it:

1. a flag (``--rate 30``);
2. the environment (``BULKLOAD_RATE=30``);
3. a ``.env`` file in the current folder;
4. the profile file, ``profile.toml`` in the user's configuration folder, with the lower-case names
   (``rate = 30``).

pydantic-settings reads 2 to 4: precedence, ``.env`` syntax and conversion are its subject, not ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path  # noqa: TC003  (pydantic reads the annotation)
from typing import TYPE_CHECKING, Any, TypeVar

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bulkload.base_url import parse_base_url
from bulkload.errors import SettingsError
from bulkload.model import ApiVersion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

PREFIX = "BULKLOAD_"
SANDBOX = "sandbox"
"""The label of the embedded sandbox, in place of a host."""
_SECRETS = frozenset({"client_id", "client_secret"})
"""Settings whose values stand in no message."""
_WANTED = {
    "string_type": "must be a text in quotes",  # in a profile alone: all that an environment holds is text
    "path_type": "must be a text in quotes",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_type": "must be a whole number",
    "float_parsing": "must be a number",
    "float_type": "must be a number",
    "greater_than": "must be more than {limit}",
    "greater_than_equal": "must be at least {limit}",
    "less_than_equal": "can be {limit} at most",
}
"""What would be right, for each of pydantic's errors that a setting can meet."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """The app's Client ID and Client Secret; neither is shown by ``repr``."""

    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a run needs to know beside the workbook."""

    host: str
    """Base address, always written in the one way of ``host``: ``https://platform.kore.ai``."""
    app_id: str
    """The application id (iid), ``st-...``."""
    account_id: str
    """24 hexadecimal digits."""
    credentials: Credentials
    state_dir: Path
    """Where journals and the sandbox's account are kept; private to the user."""
    api_version: ApiVersion = ApiVersion.V2
    rate: int = 60
    """Requests allowed within ``window``, for the whole account (Kore.ai's rate-limit page)."""
    window: float = 60.0
    """Seconds over which the requests are counted."""
    concurrency: int = 8
    """Requests in flight at most."""
    timeout: float = 30.0
    """Seconds for one request, all of it."""
    settle: float = 120.0
    """Seconds until a campaign that was created is certain to stand in the listing."""
    ready_timeout: float = 120.0
    """Seconds to wait for Preparing to become Ready."""
    label: str = ""
    """How the journal and the reports name the service: the host, or ``sandbox``."""


class _Sources(BaseSettings):
    """Where settings are looked for outside the flags; each class below says which it wants."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (the library's signature)
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, environment, ``.env``, profile file: the order that this module's docstring promises."""
        profile = TomlConfigSettingsSource(settings_cls, toml_file=profile_path())
        return (init_settings, env_settings, dotenv_settings, profile)


class _Version(_Sources):
    api_version: ApiVersion = ApiVersion.V2


class _Folder(_Sources):
    state_dir: Path | None = None


class _Found(_Version, _Folder):
    """Everything that was found, each as pydantic converts it."""

    host: str | None = None
    app_id: str | None = None
    account_id: str | None = None
    client_id: str | None = None
    client_secret: str | None = None
    rate: int = Field(60, ge=1, le=100_000)
    window: float = Field(60.0, gt=0, le=3600, allow_inf_nan=False)
    concurrency: int = Field(8, ge=1, le=64)
    timeout: float = Field(30.0, gt=0, le=3600, allow_inf_nan=False)
    settle: float = Field(120.0, ge=0, le=3600, allow_inf_nan=False)
    ready_timeout: float = Field(120.0, ge=0, le=3600, allow_inf_nan=False)


_Wanted = TypeVar("_Wanted", bound=_Sources)


def profile_path() -> Path:
    """Where the profile file is looked for."""
    return platformdirs.user_config_path("bulkload") / "profile.toml"


def api_version(flags: Mapping[str, Any]) -> ApiVersion:
    """The API version alone: all that a check needs, whatever the other settings are."""
    return _find(_Version, flags).api_version


def state_dir(flags: Mapping[str, Any]) -> Path:
    """The folder of journals alone: all that listing earlier runs needs, whatever the other settings are."""
    return _state_dir(_find(_Folder, flags))


def _state_dir(found: _Folder) -> Path:
    """The folder, made where it is missing. Raises SettingsError where that can't be done."""
    path = found.state_dir or platformdirs.user_state_path("bulkload")
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingsError(
            f"BULKLOAD_STATE_DIR is {path}, which can't be used as a folder ({error.strerror}). Choose another."
        ) from None
    return path


def load(flags: Mapping[str, Any], *, defaults: Mapping[str, Any] | None = None) -> Settings:
    """All settings; ``flags`` hold those given on the command line (None: not given).

    ``defaults`` stand in for host, application, account and credentials: the embedded sandbox's own.
    Raises SettingsError, naming everything that is missing or wrong at once.
    """
    found = _find(_Found, flags)
    needed = {
        name: (defaults or {}).get(name) or getattr(found, name)
        for name in ("host", "app_id", "account_id", "client_id", "client_secret")
    }
    missing = [PREFIX + name.upper() for name, value in needed.items() if not value]
    if missing:
        raise SettingsError(
            f"Missing settings: {', '.join(missing)}. Set them in the environment, in a file named .env in this "
            f"folder, or in {profile_path()}. To try without an account, add --sandbox."
        )
    host = parse_base_url(needed["host"])
    _must_look_like_ids(needed["app_id"].strip(), needed["account_id"].strip())
    return Settings(
        host=host,
        app_id=needed["app_id"].strip(),
        account_id=needed["account_id"].strip(),
        credentials=Credentials(needed["client_id"].strip(), needed["client_secret"].strip()),
        state_dir=_state_dir(found),
        api_version=found.api_version,
        rate=found.rate,
        window=found.window,
        concurrency=found.concurrency,
        timeout=found.timeout,
        settle=found.settle,
        ready_timeout=found.ready_timeout,
        label=SANDBOX if defaults else host,
    )


def _must_look_like_ids(app_id: str, account_id: str) -> None:
    """The service would only say that it does not accept the credentials."""
    if not app_id.startswith("st-"):
        raise SettingsError(
            f"BULKLOAD_APP_ID is {app_id!r}; an application id begins with st-. Copy it again."
        )
    if not re.fullmatch("[0-9a-fA-F]{24}", account_id):
        raise SettingsError(
            f"BULKLOAD_ACCOUNT_ID is {account_id!r}; an account id has 24 digits from 0 to f. Copy it again."
        )


def _wrong(wrong: ErrorDetails) -> str:
    """A setting by its variable, its value, and what would be right; a secret's value is shown to nobody."""
    name = str(wrong["loc"][0])
    value = "" if name in _SECRETS else f"is {wrong['input']!r}, and "
    return f"{PREFIX}{name.upper()} {value}{_wanted(wrong)}"


def _wanted(wrong: ErrorDetails) -> str:
    """What would be right, in words; a setting's own name says the rest."""
    limit = next(iter(wrong.get("ctx", {}).values()), "something else")
    return _WANTED.get(wrong["type"], "must be {limit}").format(limit=limit)


def _find(wanted: type[_Wanted], flags: Mapping[str, Any]) -> _Wanted:
    try:
        return wanted(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        wrong = "; ".join(_wrong(item) for item in error.errors(include_url=False))
        raise SettingsError(f"These settings can't be right: {wrong}.") from None
    except (OSError, ValueError) as error:  # an unreadable .env or a profile that is no TOML
        raise SettingsError(
            f"The settings could not be read ({error}). Look at .env and {profile_path()}."
        ) from None
