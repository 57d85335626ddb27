"""Every setting once: its name, type, bounds, default and help; and the frozen value that the rooms receive.

The messages about settings, ``docs/settings.md`` and the README's table are made from ``SettingsFields``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path  # noqa: TC003  (pydantic reads the annotation)
from typing import TYPE_CHECKING

from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bulkload.model import PRACTICE_HOST, AccountIdentity, ApiVersion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.settings.sources import Source

PREFIX = "BULKLOAD_"
"""What the name of every environment variable of ours begins with."""
SANDBOX = PRACTICE_HOST
"""The label of the embedded sandbox, instead of a host."""
IDENTITY = ("host", "app_id", "account_id", "client_id", "client_secret")
"""The settings that say which account is meant. All are needed, and an account's section alone has them."""
BOUND_TO_HOST = ("host", "client_id", "client_secret")
"""The settings that come from one source: a secret must not be sent to a host that another file names."""
SECRETS = frozenset({"client_id", "client_secret"})
"""Settings whose values no message shows."""


class AccountFields(BaseSettings):
    """The settings that an account has, in the environment and in ``accounts.toml`` alike."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid")

    host: str | None = Field(
        None, description="Address of the service.", examples=["https://platform.kore.ai"]
    )
    app_id: str | None = Field(
        None,
        description="Application ID; Kore.ai also calls it iid, bot ID or stream ID.",
        examples=["st-..."],
    )
    account_id: str | None = Field(
        None, description="Account ID: 24 characters, 0-9 and a-f.", examples=["67777ce93e25326494e90000"]
    )
    client_id: str | None = Field(
        None,
        description="Client ID of the app at Kore.ai. Its scope must include Campaign Management.",
        examples=["cs-..."],
    )
    client_secret: str | None = Field(None, description="Client Secret of the same app.")
    api_version: ApiVersion = Field(
        ApiVersion.V2, description="Version of the campaign service. Only v2 has Do Not Call lists."
    )
    rate: int = Field(
        60,
        ge=1,
        le=100_000,
        description="Requests allowed per window. Lower it if other programs share the account.",
    )
    window: float = Field(
        60.0,
        gt=0,
        le=3600,
        allow_inf_nan=False,
        description="Length of the window in seconds. Kore.ai counts requests per minute.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  (the library's signature)
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The values given, and no others: ``sources`` looks for them, so that the place of each is known."""
        return (init_settings,)


class SettingsFields(AccountFields):
    """Every setting that the environment can have."""

    account: str | None = Field(
        None,
        description="Name of an account in accounts.toml. Address, IDs and credentials then come from there.",
        examples=["acme"],
    )
    concurrency: int = Field(8, ge=1, le=64, description="Requests in flight at the same time.")
    timeout: float = Field(
        30.0, gt=0, le=3600, allow_inf_nan=False, description="Seconds for one request, from start to end."
    )
    settle: float = Field(
        120.0,
        ge=0,
        le=3600,
        allow_inf_nan=False,
        description="Seconds until the account's list is sure to show a new campaign. "
        "Less than 30 only with a service on this computer.",
    )
    ready_timeout: float = Field(
        120.0,
        ge=0,
        le=3600,
        allow_inf_nan=False,
        description="Seconds to wait until a new campaign is Ready.",
    )
    state_dir: Path | None = Field(None, description="Folder of the journal of your runs.")
    config_dir: Path | None = Field(None, description="Folder of accounts.toml.")


class SectionFields(AccountFields):
    """Every key of a section of ``accounts.toml``."""

    production: bool = Field(
        default=False, description="Whether large changes ask for the account's name to be typed."
    )
    title: str | None = Field(
        None, description="Name for people, shown in questions.", examples=["Acme Bank, production"]
    )


@dataclass(frozen=True, slots=True)
class Credentials:
    """The app's Client ID and Client Secret; neither is shown by ``repr``."""

    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a run needs to know besides the workbook. ``SettingsFields`` explains each setting."""

    host: str
    """Base address, normalised by ``base_url``: ``https://platform.kore.ai``."""
    app_id: str
    account_id: str
    credentials: Credentials
    state_dir: Path
    """An existing folder."""
    api_version: ApiVersion = ApiVersion.V2
    rate: int = 60
    window: float = 60.0
    concurrency: int = 8
    timeout: float = 30.0
    settle: float = 120.0
    ready_timeout: float = 120.0
    label: str = ""
    """How the journal and the reports name the service: the host, or ``sandbox``."""
    account: str | None = None
    """The chosen account's name; None where the settings themselves are the account."""
    title: str | None = None
    """The account's name for people."""
    production: bool = False
    """Whether large changes ask for the account's name to be typed."""
    sources: Mapping[str, Source] = field(default_factory=dict, compare=False, repr=False)
    """Where the value of each setting was found; settings with their default are absent."""

    @property
    def practice(self) -> bool:
        """Whether the service is the embedded sandbox."""
        return self.label == SANDBOX

    @property
    def identity(self) -> AccountIdentity:
        """The account that these settings lead to."""
        return AccountIdentity(
            host=self.label or self.host,
            application=self.app_id,
            account_id=self.account_id,
            name=self.account,
            title=self.title,
        )
