"""What is said of a row before it is sent, or in place of sending it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.run.messages.wording import RowMessage, compared, listed_ids, on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from bulkload.model import RemoteCampaign
    from bulkload.run.earlier_runs import EarlierRow


def done_before(past: EarlierRow, campaign_id: str, name_now: str | None) -> RowMessage:
    """Another run sent just the row's content; ``name_now`` where the campaign is called something else now."""
    renamed = f" It is now called {name_now!r} there." if name_now is not None else ""
    if past.target_id is None:
        return RowMessage(f"Created by {_run(past)} as {campaign_id}; not sent again.{renamed}")
    return RowMessage(f"{_run(past, 'Run')} gave {campaign_id} just these values; not sent again.{renamed}")


def differs_still(past: EarlierRow, campaign_id: str, differing: Mapping[str, tuple[str, str]]) -> RowMessage:
    """Another run sent just the row's content, and the account has shown other values ever since."""
    return RowMessage(
        f"{_run(past, 'Run')} sent just this as {campaign_id}, and Kore.ai still shows other values: "
        f"{compared(differing)}.",
        f"Look at it at Kore.ai. To send the values again, put {campaign_id} into Campaign ID.",
    )


def still(said: RowMessage, status: str) -> RowMessage:
    """What is said of a campaign that was taken before, where it is not ready to be started."""
    return RowMessage(
        f"{said.message} Kore.ai shows it as {status}.",
        said.fix or "Look at it at Kore.ai before you start it.",
    )


def changed_since(created: RowMessage, changed_by: str, campaign_id: str) -> RowMessage:
    """An earlier run created the row's content, and a later one put something else in its place."""
    return RowMessage(
        f"{created.message} Run {changed_by} has changed it since.",
        f"If this row says what should be there, put {campaign_id} into Campaign ID and submit it again.",
    )


def unchanged(run: str, when: datetime | None) -> RowMessage:
    """An earlier run gave the campaign just this content, and the account's list shows nothing else."""
    return RowMessage(
        f"Run {run}{on(when)} sent this campaign just this content; nothing was sent now. What Kore.ai's list does "
        "not show, such as calling hours, was not compared."
    )


def name_of_another_row(row: int) -> RowMessage:
    """Two rows of one workbook have one name."""
    return RowMessage(f"Row {row} has the same name; not sent.", "Give one of the two rows another name.")


def name_taken(others: Iterable[RemoteCampaign]) -> RowMessage:
    """A campaign that this machine did not create has the name."""
    ids = listed_ids(others)
    return RowMessage(
        f"Kore.ai already has a campaign of this name ({ids}); not sent.",
        f"To change that campaign, put its id ({ids}) into Campaign ID; to create another, give the row "
        "another name.",
    )


def no_such_id(campaign_id: str, others: Sequence[RemoteCampaign]) -> RowMessage:
    """The campaign that an update is for is not listed, and another one has the row's name."""
    return RowMessage(
        f"Kore.ai lists no campaign with the ID {campaign_id}; {_of_this_name(others)}. Not sent.",
        f"To change that campaign, put its ID into Campaign ID: {listed_ids(others)}.",
    )


def id_of_another_row(campaign_id: str, name: str, row: int, others: Sequence[RemoteCampaign]) -> RowMessage:
    """The campaign that an update is for bears the name of another row of the workbook."""
    own = f"; {_of_this_name(others)}" if others else ""
    return RowMessage(
        f"{campaign_id} is the campaign {name!r}, the name of row {row}{own}. Not sent.",
        "Put this row's own campaign into Campaign ID, or clear the cell to create one.",
    )


def name_taken_from_update(
    campaign_id: str, name: str | None, others: Sequence[RemoteCampaign]
) -> RowMessage:
    """An update would give the campaign a name that another one has; ``name`` is its own at Kore.ai."""
    whose = f"{campaign_id} is the campaign {name!r}, and " if name is not None else ""
    return RowMessage(
        f"{whose}{_of_this_name(others)}; not sent.",
        f"If the row means that campaign, put its ID into Campaign ID: {listed_ids(others)}. Otherwise give the row "
        "another name.",
    )


def sent_otherwise(owner: EarlierRow, campaign_id: str) -> RowMessage:
    """An earlier run gave a campaign this name, with other content."""
    did = "created a campaign of this name" if owner.target_id is None else "gave a campaign this name"
    return RowMessage(
        f"{_run(owner, 'Run')} {did} with other values ({campaign_id}); not sent.",
        f"To change that campaign, put {campaign_id} into Campaign ID; to create another, give the row "
        "another name.",
    )


def conflict_before(run: str, when: datetime | None, campaign_id: str) -> RowMessage:
    """An earlier run was answered with an id for this name, and ended in a conflict that nobody has settled."""
    return RowMessage(
        f"Run {run}{on(when)} sent a row of this name, was answered with {campaign_id} and ended in a conflict; "
        "not sent.",
        f"Look at {campaign_id} at Kore.ai. Only if it is this row's, put it into Campaign ID; to create another, "
        "give the row another name.",
    )


def gone(past: EarlierRow, campaign_id: str) -> RowMessage:
    """An earlier run sent it, and the account does not list it any more."""
    did = f"Created by {_run(past)} as" if past.target_id is None else f"{_run(past, 'Run')} changed"
    return RowMessage(
        f"{did} {campaign_id}, which Kore.ai no longer lists; not sent.",
        "If it was deleted on purpose and you want it again, give the row a new name.",
    )


def in_doubt_elsewhere(run: str) -> RowMessage:
    """An earlier run may have created a campaign of this name, and nobody has looked yet."""
    return RowMessage(
        f"Run {run} may have created a campaign of this name and was interrupted before it knew; not sent.",
        f"Run 'bulkload resume {run}' first: it looks it up. Then submit this workbook again.",
    )


def to_be_looked_up() -> RowMessage:
    """A resume will look for the row's campaign before anything else."""
    return RowMessage("It may have been created; it is looked up at Kore.ai first.")


def _run(past: EarlierRow, word: str = "run") -> str:
    return f"{word} {past.run}{on(past.accepted)}"


def _of_this_name(others: Sequence[RemoteCampaign]) -> str:
    verb = "campaign of this name has the ID" if len(others) == 1 else "campaigns of this name have the IDs"
    return f"the {verb} {listed_ids(others)}"
