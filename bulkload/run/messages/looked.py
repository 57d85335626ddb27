"""What is said of a row after a look at the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.run.messages.wording import RowMessage, compared, listed_ids, spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulkload.model import RemoteCampaign


def found() -> RowMessage:
    """The one campaign that fits was adopted."""
    return RowMessage("The answer was lost; the campaign was found at Kore.ai.")


def shows_up(others: Iterable[RemoteCampaign]) -> RowMessage:
    """A row that was thought not to be created has a match in the account."""
    return RowMessage(f"Kore.ai lists a campaign of this name after all ({listed_ids(others)}).")


def absent() -> RowMessage:
    """Nothing of that name in the account after the settling time."""
    return RowMessage(
        "The answer was lost, and the campaign does not stand in the account: it was not created."
    )


def several(found_there: Iterable[RemoteCampaign]) -> RowMessage:
    """The answer was lost, and more than one campaign could be the row's."""
    return RowMessage(
        f"The answer was lost, and Kore.ai lists more than one new campaign of this name: {listed_ids(found_there)}.",
        "Look at them at Kore.ai, delete what is too much, and put the id of the right one into Campaign ID.",
    )


def found_otherwise(listed: RemoteCampaign, differences: Mapping[str, tuple[str, str]]) -> RowMessage:
    """The answer was lost, and the one new campaign of that name is not what was sent."""
    return RowMessage(
        f"The answer was lost, and the new campaign of this name ({listed.campaign_id}) differs: "
        f"{compared(differences)}.",
        f"Look at it at Kore.ai. If it is yours, put {listed.campaign_id} into Campaign ID and submit again.",
    )


def doubled(campaign_id: str | None, others: Iterable[RemoteCampaign]) -> RowMessage:
    """Beside the row's campaign stands another new one of its name."""
    return RowMessage(
        f"Beside {campaign_id}, Kore.ai lists another new campaign of this name: {listed_ids(others)}.",
        "Look at both at Kore.ai and delete the one that is too much before anybody starts it.",
    )


def refused_yet_there(message: str, others: Iterable[RemoteCampaign]) -> RowMessage:
    """The service said no, and yet a new campaign of that name stands in the account."""
    return RowMessage(
        f"{message} Yet it lists a new campaign of this name ({listed_ids(others)}), which may be somebody else's.",
        "Look at it at Kore.ai. If it is yours, put its id into Campaign ID.",
    )


def another_id(asked: str, campaign_id: str | None) -> RowMessage:
    """An update was answered with the id of another campaign."""
    return RowMessage(
        f"The change was for {asked}, but Kore.ai answered for {campaign_id}.",
        "Look at both campaigns at Kore.ai.",
    )


def not_a_new_id(campaign_id: str | None) -> RowMessage:
    """A create was answered with an id that is not a new campaign's."""
    return RowMessage(
        f"Kore.ai answered with {campaign_id}, a campaign that existed before or belongs to another row.",
        "Look at that campaign at Kore.ai: it may have been changed.",
    )


def another_name(listed: RemoteCampaign) -> RowMessage:
    """A create was answered with the id of a new campaign that is called something else."""
    return RowMessage(
        f"Kore.ai answered with {listed.campaign_id}, but lists it as {listed.name!r}.",
        f"Look at it at Kore.ai. If it is yours, put {listed.campaign_id} into Campaign ID and submit again.",
    )


def not_listed(campaign_id: str | None, seconds: float) -> RowMessage:
    """The service gave an id, and the account does not list it."""
    return RowMessage(
        f"Kore.ai answered with {campaign_id}, but does not list that campaign {spelled(seconds)} later.",
        "Look for it at Kore.ai before you send the row again.",
    )


def differs(differences: Mapping[str, tuple[str, str]]) -> RowMessage:
    """The campaign stands in the account and is not what was sent."""
    return RowMessage(
        f"Kore.ai shows other values than were sent: {compared(differences)}.",
        "Look at the campaign at Kore.ai; submitting the row with its Campaign ID sends the values again.",
    )


def still_preparing(status: str | None, seconds: float) -> RowMessage:
    """The waiting time is over and the campaign is not Ready."""
    return RowMessage(
        f"Kore.ai took it, and it is still {status or 'without a status'} after {spelled(seconds)}.",
        "Look at it at Kore.ai before you start it.",
    )
