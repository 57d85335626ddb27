"""How the command line writes the marks of messages: commands, options and environment variables."""

from __future__ import annotations

import shlex
from contextvars import ContextVar

PREFIX = "BULKLOAD_"
"""Begins the name of every environment variable of ours."""

OPTIONS = {"valid_rows": "valid_rows_only"}
"""Options whose name differs from that of the choice."""


OF_AN_ACCOUNT = frozenset({"host", "app_id", "account_id", "client_id", "client_secret"})
"""``settings.IDENTITY``, written again because that module is slow to import."""
_account: ContextVar[str | None] = ContextVar("account", default=None)


def name_account(account: str | None) -> None:
    """From now on, name an account's own settings by their keys in its section.

    As variables they would contradict the section, and be refused.
    """
    _account.set(account)


def cli_marks(kind: str, argument: str) -> str:
    """The command, option or variable for a mark of ``messages``, quoted so that it can be pasted."""
    match kind:
        case "resume":
            return f"bulkload resume {argument}".rstrip()
        case "results":
            return f"bulkload results {argument} --results PATH"
        case "setting":
            return ", ".join(map(_setting, argument.split(", ")))
        case "choice":
            name, _, value = argument.partition(" ")
            return f"--{OPTIONS.get(name, name).replace('_', '-')} {value}".rstrip()
        case _:
            return f"bulkload {argument}"


def _setting(name: str) -> str:
    """A variable of the environment, or a key in an account's own section."""
    account, dot, key = name.rpartition(".")
    if name in OF_AN_ACCOUNT and _account.get() is not None:
        return name
    return f"{key} of account {account}" if dot else f"{PREFIX}{name.upper()}"


def pasteable(*words: str) -> str:
    """A command line that a shell reads as just these words."""
    return shlex.join(words)
