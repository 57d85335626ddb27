"""An error as the command line prints it: commands, options and variables in place of the marks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bulkload.cli.marks import cli_marks
from bulkload.errors import BulkloadError, SettingsError
from bulkload.messages import Message


def said(error: BulkloadError) -> str:
    return said_of(error.explanation)


def said_of(message: Message) -> str:
    return message.join(cli_marks)


def refusal_of(call: Callable[[], Any], kind: type[BulkloadError] = SettingsError) -> str:
    """What the command line prints when this call is refused."""
    with pytest.raises(kind) as refused:
        call()
    return said(refused.value)
