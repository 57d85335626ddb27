"""What is said of a row at the end of a run, and what a resume would do."""

from __future__ import annotations

from bulkload.run.words.wording import Words


def not_sent(run: str, happened: str) -> Words:
    """The run ended before the row was done."""
    return Words(happened or "The run ended before this row was sent.", f"'bulkload resume {run}' sends it.")


def absent_at_end(run: str, happened: str) -> Words:
    """Absent, and what a resume makes of it."""
    return Words(happened, f"'bulkload resume {run}' sends it again.")


def unknown_at_end(run: str, happened: str, *, updates: bool) -> Words:
    """Unknown, and what a resume makes of it."""
    if updates:
        return Words(happened, f"'bulkload resume {run}' sends the change again, which does no harm.")
    return Words(
        happened, f"'bulkload resume {run}' looks it up at Kore.ai. Don't send it by hand: it may be there."
    )


def refused(happened: str, asked_id: str | None) -> Words:
    """The service said no."""
    if asked_id is None:
        return Words(happened, "Correct the row and submit the workbook again.")
    return Words(
        happened,
        f"Correct the row, its Campaign ID {asked_id} if that is wrong, and submit the workbook again.",
    )


def unseen_at_end(run: str, happened: str) -> Words:
    """The service said yes, and nobody has looked at the result."""
    return Words(
        f"{happened or 'Kore.ai took it.'} Nobody has looked at it since.",
        f"'bulkload resume {run}' looks.",
    )


def unrecorded(campaign_id: str) -> Words:
    """The answer came when the journal could not be written any more."""
    return Words(
        f"Kore.ai answered with {campaign_id}, but this could not be written into the journal.",
        "Note the id. Make room on the disk, then run 'bulkload resume': it finds the campaign again.",
    )
