"""What the page says of a workbook: whether it can be used, and how many of its rows are ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bulkload.messages import MessageTemplate
from bulkload.web.messages.wording import count, moment, paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

START = MessageTemplate(
    "page-start",
    "Turn a workbook into campaigns",
    "Every row is checked here, on your computer, before anything is sent. "
    "A campaign that was created calls nobody until you start it at Kore.ai.",
)
BAD_FILE = MessageTemplate(
    "page-bad-file", "{name} can't be used yet", "", example={"name": "bad.xlsx", "count": 2}
)
HIDDEN_ROWS = MessageTemplate(
    "page-hidden-rows",
    "{name} has hidden rows: do you mean them?",
    "Nobody can tell whether they are meant.",
    example={"name": "december.xlsx", "count": 1},
)
CATALOGUE = {template.code: template for template in (START, BAD_FILE, HIDDEN_ROWS)}


def say_check(counts: Mapping[str, int]) -> dict[str, Any]:
    """The headline of a check page, what is below it, and its main button with what it does.

    ``main``: ``plan`` where every row is ready, ``valid`` where only some are, else None.
    """
    rows, ready, to_fix = counts["rows"], counts["ready"], counts["fix"]
    is_ready = not to_fix and not counts["loose"] and not counts["errors"] and ready > 0
    if is_ready:
        headline = "The campaign is ready." if ready == 1 else f"All {count(ready, 'campaign')} are ready."
    elif to_fix:
        headline = f"{count(to_fix, 'row needs', 'rows need')} you, {ready:,} of {rows:,} are ready."
    elif not ready:
        headline = "No row is to be sent."
    else:
        headline = "The sheet Calling hours needs you." if counts["errors"] else "The file needs you."
    rest = paragraph(
        (
            f"{count(counts['errors'], 'problem')}." if counts["errors"] else "",
            f"{count(counts['check'], 'row')} to look at once more." if counts["check"] else "",
            f"{count(counts['out'], 'row')} left out, because Send is No." if counts["out"] else "",
            "Nothing was sent.",
        )
    )
    main, label = None, ""
    if is_ready:
        main, label = "plan", "See the plan"
    elif ready and to_fix:
        main, label = "valid", f"Go on with the {ready:,} ready"
    return {"headline": headline, "rest": rest, "main": main, "label": label}


def say_kept(name: str, book: str, edits: int, changed: datetime) -> dict[str, str]:
    """A workbook with edits of an earlier page, as the start page offers it."""
    return {"book": book, "name": name, "said": f"{count(edits, 'change')}, {moment(changed)}"}
