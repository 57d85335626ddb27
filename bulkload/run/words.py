"""Every sentence that a run says of a row, in one place: what happened, and what to do.

Each function returns both, for a row's trouble without its remedy helps nobody. Text of the service is data:
whoever shows it escapes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bulkload.model import Listed


class Words(NamedTuple):
    """What happened, and what the person should do; either may be empty."""

    happened: str = ""
    to_do: str = ""


def sentence(clause: str) -> str:
    """The clause, ended: reasons come as clauses, words of the service with a full stop of their own."""
    return clause if clause.endswith((".", "!", "?")) else f"{clause}."


# --- before sending ------------------------------------------------------------------------------------


def created_before(run: str, when: datetime | None, campaign_id: str, name_now: str | None) -> Words:
    """The row's content was created by an earlier run; ``name_now`` where it is called something else now."""
    renamed = f" It is now called {name_now!r} there." if name_now is not None else ""
    return Words(f"Created by run {run}{_on(when)} as {campaign_id}; not sent again.{renamed}")


def changed_since(created: Words, changed_by: str, campaign_id: str) -> Words:
    """An earlier run created the row's content, and a later one put something else in its place."""
    return Words(
        f"{created.happened} Run {changed_by} has changed it since.",
        f"If this row says what should be there, put {campaign_id} into Campaign ID and submit it again.",
    )


def unchanged(run: str, when: datetime | None) -> Words:
    """An earlier run gave the campaign just this content, and the account's list shows nothing else."""
    return Words(
        f"Run {run}{_on(when)} sent this campaign just this content; nothing was sent now. What Kore.ai's list does "
        "not show, such as calling hours, was not compared: if somebody changed it there, change this row, such as "
        "its description, and submit it, and all its values are sent again."
    )


def name_of_another_row(row: int) -> Words:
    """Two rows of one workbook have one name."""
    return Words(f"Row {row} has the same name; not sent.", "Give one of the two rows another name.")


def name_taken(others: Iterable[Listed]) -> Words:
    """A campaign that this machine did not create has the name."""
    ids = _ids(others)
    return Words(
        f"Kore.ai already has a campaign of this name ({ids}); not sent.",
        f"To change that campaign, put its id ({ids}) into Campaign ID; to create another, give the row "
        "another name.",
    )


def name_taken_from_update(others: Iterable[Listed]) -> Words:
    """An update would give the campaign a name that another one has."""
    return Words(
        f"Another campaign at Kore.ai already has this name ({_ids(others)}); not sent.",
        "Give the row another name, or rename the other campaign first.",
    )


def created_otherwise(run: str, when: datetime | None, campaign_id: str) -> Words:
    """An earlier run created a campaign of this name with other content."""
    return Words(
        f"Run {run}{_on(when)} created a campaign of this name with other values ({campaign_id}); not sent.",
        f"To change that campaign, put {campaign_id} into Campaign ID; to create another, give the row "
        "another name.",
    )


def conflict_before(run: str, when: datetime | None, campaign_id: str) -> Words:
    """An earlier run was answered with an id for this name, and ended in a conflict that nobody has settled."""
    return Words(
        f"Run {run}{_on(when)} sent a row of this name, was answered with {campaign_id} and ended in a conflict; "
        "not sent.",
        f"Look at {campaign_id} at Kore.ai. Only if it is this row's, put it into Campaign ID; to create another, "
        "give the row another name.",
    )


def created_and_gone(run: str, when: datetime | None, campaign_id: str) -> Words:
    """An earlier run created it, and the account does not list it any more."""
    return Words(
        f"Created by run {run}{_on(when)} as {campaign_id}, which Kore.ai no longer lists; not sent.",
        "If it was deleted on purpose and you want it again, give the row a new name.",
    )


def in_doubt_elsewhere(run: str) -> Words:
    """An earlier run may have created a campaign of this name, and nobody has looked yet."""
    return Words(
        f"Run {run} may have created a campaign of this name and was interrupted before it knew; not sent.",
        f"Run 'bulkload resume {run}' first: it looks it up. Then submit this workbook again.",
    )


def to_be_looked_up() -> Words:
    """A resume will look for the row's campaign before anything else."""
    return Words("It may have been created; it is looked up at Kore.ai first.")


# --- sending -------------------------------------------------------------------------------------------


def refused(message: str) -> Words:
    """The service said no."""
    return Words(f"Kore.ai refused it: {message}")


def unsent(reason: str) -> Words:
    """It never left, or was turned away at the door; the run goes on trying."""
    return Words(f"Not done: {sentence(reason)}")


def no_answer(reason: str) -> Words:
    """It was sent, and what became of it is not known."""
    return Words(f"It was sent, but no answer tells what became of it: {sentence(reason)}")


def trying_again(reason: str, seconds: float) -> str:
    """Nothing leaves for a while; said while the run goes on."""
    said = sentence(reason)
    return f"{said[:1].upper()}{said[1:]} Trying again in {seconds:.3g} s."


def looking_again(reason: str, seconds: float) -> str:
    """The account could not be listed; said while the run goes on."""
    return f"{sentence(reason)} Looking again in {seconds:.3g} s."


def interrupted_while_sending() -> Words:
    """The program ended between the intent and the answer."""
    return Words("bulkload was ended while this row was on its way, so its answer is not known.")


# --- after sending -------------------------------------------------------------------------------------


def found() -> Words:
    """The one campaign that fits was adopted."""
    return Words("The answer was lost; the campaign was found at Kore.ai.")


def shows_up(ids: Iterable[Listed]) -> Words:
    """A row that was thought not to be created has a match in the account."""
    return Words(f"Kore.ai lists a campaign of this name after all ({_ids(ids)}).")


def absent() -> Words:
    """Nothing of that name in the account after the settling time."""
    return Words("The answer was lost, and the campaign does not stand in the account: it was not created.")


def several(found_there: Iterable[Listed]) -> Words:
    """The answer was lost, and more than one campaign could be the row's."""
    return Words(
        f"The answer was lost, and Kore.ai lists more than one new campaign of this name: {_ids(found_there)}.",
        "Look at them at Kore.ai, delete what is too much, and put the id of the right one into Campaign ID.",
    )


def found_otherwise(listed: Listed, differences: Mapping[str, tuple[str, str]]) -> Words:
    """The answer was lost, and the one new campaign of that name is not what was sent."""
    return Words(
        f"The answer was lost, and the new campaign of this name ({listed.campaign_id}) differs: "
        f"{_list(differences)}.",
        f"Look at it at Kore.ai. If it is yours, put {listed.campaign_id} into Campaign ID and submit again.",
    )


def doubled(campaign_id: str | None, others: Iterable[Listed]) -> Words:
    """Beside the row's campaign stands another new one of its name."""
    return Words(
        f"Beside {campaign_id}, Kore.ai lists another new campaign of this name: {_ids(others)}.",
        "Look at both at Kore.ai and delete the one that is too much before anybody starts it.",
    )


def refused_yet_there(message: str, others: Iterable[Listed]) -> Words:
    """The service said no, and yet a new campaign of that name stands in the account."""
    return Words(
        f"{message} Yet it lists a new campaign of this name ({_ids(others)}), which may be somebody else's.",
        "Look at it at Kore.ai. If it is yours, put its id into Campaign ID.",
    )


def another_id(asked: str, campaign_id: str | None) -> Words:
    """An update was answered with the id of another campaign."""
    return Words(
        f"The change was for {asked}, but Kore.ai answered for {campaign_id}.",
        "Look at both campaigns at Kore.ai.",
    )


def not_a_new_id(campaign_id: str | None) -> Words:
    """A create was answered with an id that is not a new campaign's."""
    return Words(
        f"Kore.ai answered with {campaign_id}, a campaign that existed before or belongs to another row.",
        "Look at that campaign at Kore.ai: it may have been changed.",
    )


def another_name(listed: Listed) -> Words:
    """A create was answered with the id of a new campaign that is called something else."""
    return Words(
        f"Kore.ai answered with {listed.campaign_id}, but lists it as {listed.name!r}.",
        f"Look at it at Kore.ai. If it is yours, put {listed.campaign_id} into Campaign ID and submit again.",
    )


def not_listed(campaign_id: str | None, seconds: float) -> Words:
    """The service gave an id, and the account does not list it."""
    return Words(
        f"Kore.ai answered with {campaign_id}, but does not list that campaign {seconds:g} s later.",
        "Look for it at Kore.ai before you send the row again.",
    )


def differs(differences: Mapping[str, tuple[str, str]]) -> Words:
    """The campaign stands in the account and is not what was sent."""
    return Words(
        f"Kore.ai shows other values than were sent: {_list(differences)}.",
        "Look at the campaign at Kore.ai; submitting the row with its Campaign ID sends the values again.",
    )


def still_preparing(status: str | None, seconds: float) -> Words:
    """The waiting time is over and the campaign is not Ready."""
    return Words(
        f"Kore.ai took it, and it is still {status or 'without a status'} after {seconds:g} s.",
        "Look at it at Kore.ai before you start it.",
    )


# --- the end of a run ----------------------------------------------------------------------------------


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


def _on(when: datetime | None) -> str:
    return f" on {when:%Y-%m-%d %H:%M}" if when else ""


def _ids(listed: Iterable[Listed]) -> str:
    return ", ".join(sorted(one.campaign_id for one in listed))


def _list(differences: Mapping[str, tuple[str, str]]) -> str:
    return "; ".join(
        f"{heading} is {shown!r} instead of {sent!r}" for heading, (sent, shown) in differences.items()
    )
