"""How the page words things: counts, its own names for commands and settings, labels for its scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bulkload.messages import Marks


@dataclass(frozen=True, slots=True)
class MessageText:
    """A headline and what is below it, complete already."""

    text: str
    fix: str = ""

    def render(self, _marks: Marks) -> tuple[str, str]:
        """Both, as ``Message.render`` gives them."""
        return self.text, self.fix


def count(number: int, noun: str, plural: str = "") -> str:
    """``1 campaign``, ``1,200 campaigns``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def moment(when: datetime) -> str:
    """``28 November 2026, 13:19`` in local time."""
    return f"{when.day} {when:%B %Y, %H:%M}"


def paragraph(sentences: Iterable[str]) -> str:
    """The sentences that are not empty, in one paragraph."""
    return " ".join(sentence for sentence in sentences if sentence)


def page_marks(kind: str, argument: str) -> str:
    """The page's words for a mark: what a person finds and clicks here."""
    match kind:
        case "resume":
            return "click “Continue the run”"
        case "results":
            return "click “Download results”"
        case "setting":
            return _SETTINGS.get(argument, argument.replace("_", " "))
        case "choice":
            return _CHOICES.get(argument, f"“{argument.replace('_', ' ')}”")
        case _:
            return _COMMANDS.get(argument, f"“{argument.replace('_', ' ')}”")


_SETTINGS = {
    "host": "the service address",
    "app_id": "the application id",
    "account_id": "the account id",
    "client_id": "the Client ID",
    "client_secret": "the Client Secret",
    "rate": "the number of requests per minute",
    "state_dir": "the folder for runs",
}
_CHOICES = {
    "valid_rows": "“Go on with the rows that are ready”",
    "include_hidden": "“Use the hidden rows too”",
    "skip_hidden": "“Leave them out”",
    "sandbox": "the practice account",
    "update": "“Change it”",
    "overwrite": "“Put mine back”",
    "as_new": "“Create them anew here”",
}
_COMMANDS = {
    "runs": "Runs",
    "template": "“Get an empty template”",
    "accounts": "Accounts",
    "doctor": "Health",
    "submit": "the plan",
}
