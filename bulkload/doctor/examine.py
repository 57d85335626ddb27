"""The examination: this computer, the settings, the service, in the order in which one depends on another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bulkload.doctor import machine, messages
from bulkload.doctor.findings import Diagnosis, Finding, fault, good
from bulkload.doctor.service import service
from bulkload.errors import SettingsError
from bulkload.settings import SECRETS, load, state_dir

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.settings import Settings

SHOWN = (
    "account",
    "host",
    "app_id",
    "account_id",
    "client_id",
    "client_secret",
    "api_version",
    "rate",
    "window",
)
"""The settings that an account is reached by; others appear where they are set."""


async def examine(flags: Mapping[str, Any]) -> Diagnosis:
    """Look at everything that these flags, the environment and the files lead to."""
    settings = _settings(flags)
    if isinstance(settings, Finding):
        return Diagnosis((machine.versions(), settings, *_machine(flags)), None)
    found = [machine.versions(), *_lines(settings), *_machine(flags), *await service(settings)]
    return Diagnosis(tuple(found), settings.identity)


def _settings(flags: Mapping[str, Any]) -> Settings | Finding:
    try:
        return load(flags)
    except SettingsError as error:
        return fault("Settings", error.explanation, error.exit_status)


def _machine(flags: Mapping[str, Any]) -> list[Finding]:
    try:
        folder = state_dir(flags)
    except SettingsError:  # already among the findings about the settings
        return []
    return [*machine.state_folder(folder), *machine.journals(folder)]


def _lines(settings: Settings) -> list[Finding]:
    """Each setting that is set, with its value and where it comes from; a secret without its value."""
    values = {
        **{name: getattr(settings, name, None) for name in settings.sources},
        "account": settings.account,
    }
    names = [name for name in (*SHOWN, *settings.sources) if name in settings.sources]
    return [
        good(
            "Settings",
            messages.SETTING(
                name=name,
                value="set" if name in SECRETS else values[name],
                source=settings.sources[name],
            ),
        )
        for name in dict.fromkeys(names)
    ]
