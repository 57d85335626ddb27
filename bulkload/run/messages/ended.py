"""What is said of a row at the end of a run, and what a resume would do."""

from __future__ import annotations

from bulkload.run.messages.wording import RowMessage


def not_sent(run: str, message: str) -> RowMessage:
    """The run ended before the row was done."""
    return RowMessage(
        message or "The run ended before this row was sent.", f"'bulkload resume {run}' sends it."
    )


def absent_at_end(run: str, message: str) -> RowMessage:
    """Absent, and what a resume makes of it."""
    return RowMessage(message, f"'bulkload resume {run}' sends it again.")


def unknown_at_end(run: str, message: str, *, updates: bool) -> RowMessage:
    """Unknown, and what a resume makes of it."""
    if updates:
        return RowMessage(message, f"'bulkload resume {run}' sends the change again, which does no harm.")
    return RowMessage(
        message, f"'bulkload resume {run}' looks it up at Kore.ai. Don't send it by hand: it may be there."
    )


def refused(message: str, target_id: str | None) -> RowMessage:
    """The service said no."""
    if target_id is None:
        return RowMessage(message, "Correct the row and submit the workbook again.")
    return RowMessage(
        message,
        f"Correct the row, its Campaign ID {target_id} if that is wrong, and submit the workbook again.",
    )


def unseen_at_end(run: str, message: str) -> RowMessage:
    """The service said yes, and nobody has looked at the result."""
    return RowMessage(
        f"{message or 'Kore.ai took it.'} Nobody has looked at it since.",
        f"'bulkload resume {run}' looks.",
    )


def unrecorded(campaign_id: str) -> RowMessage:
    """The answer came when the journal could not be written any more."""
    return RowMessage(
        f"Kore.ai answered with {campaign_id}, but this could not be written into the journal.",
        "Note the id. Make room on the disk, then run 'bulkload resume': it finds the campaign again.",
    )
