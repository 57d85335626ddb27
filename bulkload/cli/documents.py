"""The one JSON document of ``--json``: on any terminal, in any file, whatever the language of the machine."""

from __future__ import annotations

import codecs
import json
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bulkload.model import StopReason


def print_document(document: Any) -> None:
    """Print it; where standard output is not UTF-8, which JSON is, everything beyond ASCII is escaped."""
    encoding = codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name
    click.echo(json.dumps(document, ensure_ascii=encoding != "utf-8", indent=2))


def document_of_no_workbook(stopped: StopReason) -> dict[str, Any]:
    """The document of a command that was stopped before there was a workbook to speak of."""
    from pathlib import Path

    from bulkload.report import Report

    return Report(Path(), (), stopped=stopped).to_json() | {"workbook": None}
