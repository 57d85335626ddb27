"""What the page says where entering is refused, after Quit, and after an internal error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.messages import MessageTemplate

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE_ENDED = MessageTemplate(
    "page-ended",
    "This page has ended.",
    "bulkload opens its page itself. Start it again, and use the page that appears.",
)
WRONG_HOST = MessageTemplate(
    "page-wrong-host", "This address is not bulkload's.", "Use the page that bulkload opened."
)
FOREIGN_PAGE = MessageTemplate(
    "page-foreign",
    "Another web page asked for this. bulkload answers only its own page.",
    "Go to the tab that bulkload opened.",
)
NOT_OUR_SCRIPT = MessageTemplate(
    "page-not-our-script", "This request did not come from bulkload's page.", "Load the page again."
)
NOT_FOUND = MessageTemplate("page-not-found", "There is no such page.", "Go back to the start.")
CLOSED = MessageTemplate("page-closed", "bulkload is closed.", "Your runs are kept. You may close this page.")
"""Said after Quit."""
SERVER_GONE = MessageTemplate(
    "page-server-gone",
    "bulkload is not open any more.",
    "What was sent is written down. Start bulkload again and continue.",
)
REFUSALS: Mapping[str, MessageTemplate] = {
    "wrong-host": WRONG_HOST,
    "no-session": PAGE_ENDED,
    "foreign-page": FOREIGN_PAGE,
    "not-our-script": NOT_OUR_SCRIPT,
}
"""The words for each reason of ``security.Refusal``."""

TOO_LARGE = MessageTemplate(
    "page-too-large",
    "The file has more than {most} MB.",
    "Remove pictures and sheets that are not needed, or split the workbook.",
    example={"most": 50},
)
UNREADABLE_REQUEST = MessageTemplate(
    "page-unreadable-request", "The page sent something that bulkload can't read.", "Load the page again."
)
BOOK_GONE = MessageTemplate(
    "page-book-gone",
    "This workbook is not open any more.",
    "Go back to the start and choose the file again.",
)
CATALOGUE = {
    template.code: template
    for template in (
        *REFUSALS.values(),
        NOT_FOUND,
        CLOSED,
        SERVER_GONE,
        TOO_LARGE,
        UNREADABLE_REQUEST,
        BOOK_GONE,
    )
}
