"""Messages about a row after a look at the account, and at the end of a run."""

from __future__ import annotations

from bulkload.messages import MessageTemplate as Template

_ID = {"campaign_id": "cd-b2c1690"}
_RUN = {"run": "20261121-104205-3f9a1c0b7d2e"}
_IDS = {"ids": "cd-1 and cd-2"}

# --- after a lost answer ---------------------------------------------------------------------------------------

FOUND = Template("found", "The answer was lost. The campaign was found at Kore.ai.")
SHOWS_UP = Template("shows-up", "Kore.ai lists a campaign of this name after all: {ids}.", example=_IDS)
NOT_CREATED = Template("not-created", "The answer was lost. The campaign was not created.")
NOT_CREATED_WITH_WORDS = Template(
    "not-created-with-words", "It was not created. {reason}", example={"reason": "The service answered 503."}
)
SEVERAL_FOUND = Template(
    "several-found",
    "The answer was lost, and Kore.ai lists more than one new campaign of this name: {ids}.",
    "Look at them at Kore.ai, and delete what is wrong. Put the right ID into Campaign ID.",
    example=_IDS,
)
FOUND_OTHERWISE = Template(
    "found-otherwise",
    "The answer was lost. The new campaign {campaign_id} has other values: {headings}.",
    "Look at it at Kore.ai. If it is yours, put {campaign_id} into Campaign ID.",
    example={**_ID, "headings": "Priority"},
)
MAY_BE_STRANGER = Template(
    "may-be-stranger",
    'The answer was lost. The new campaign {campaign_id}, "{name}", may be this row\'s.',
    "Look at it at Kore.ai. If it is yours, put {campaign_id} into Campaign ID.",
    example={**_ID, "name": "Loan reminder"},
)
NOT_PROVABLE = Template(
    "not-provable",
    "The answer was lost. Kore.ai's list hides campaigns, so nothing can be concluded from it.",
    "Try again later: {resume:{run}}. Don't create it by hand: it may be there.",
    example=_RUN,
)
NOT_FOUND_BY_ID = Template(
    "not-found-by-id",
    "Kore.ai accepted it as {campaign_id}, and it is not there any more.",
    "Look for it at Kore.ai. If it was deleted, change the name to create it again.",
    example=_ID,
)
NOT_LISTED = Template(
    "not-listed",
    "Kore.ai accepted it as {campaign_id}, but does not list it {wait} later.",
    "Look for it at Kore.ai before you send the row again.",
    example={**_ID, "wait": "120 s"},
)

# --- beside what was answered ------------------------------------------------------------------------------------

DOUBLED = Template(
    "doubled",
    "Kore.ai lists {campaign_id}, and another new campaign of this name: {ids}.",
    "Look at both at Kore.ai. Delete the wrong one before anybody starts it.",
    example={**_ID, **_IDS},
)
REFUSED_YET_THERE = Template(
    "refused-yet-there",
    "Kore.ai refused it ({words}) and lists a new campaign of this name: {ids}.",
    "Look at it at Kore.ai. If it is yours, put its ID into Campaign ID.",
    example={"words": "name exists", **_IDS},
)
ANOTHER_ID = Template(
    "another-id",
    "The update was for {target}, but Kore.ai answered for {campaign_id}.",
    "Look at both campaigns at Kore.ai.",
    example={"target": "cd-1", **_ID},
)
NOT_A_NEW_ID = Template(
    "not-a-new-id",
    "Kore.ai answered with {campaign_id}, which existed before or belongs to another row.",
    "Look at that campaign at Kore.ai: it may have been changed.",
    example=_ID,
)
ANOTHER_NAME = Template(
    "another-name",
    'Kore.ai answered with {campaign_id}, and lists it as "{name}".',
    "Look at it at Kore.ai. If it is yours, put {campaign_id} into Campaign ID.",
    example={**_ID, "name": "Loan reminder"},
)
STORED_OTHERWISE = Template(
    "stored-otherwise",
    "Kore.ai has other values than were sent: {headings}.",
    "Look at the campaign at Kore.ai. To send the values again, submit the row with its Campaign ID.",
    example={"headings": "Calling hours"},
)
STORED_AT_ONCE_OTHERWISE = Template(
    "stored-at-once-otherwise",
    "Kore.ai answered with other values than were sent: {headings}.",
    "Look at the campaign at Kore.ai. To send the values again, submit the row with its Campaign ID.",
    example={"headings": "Calling hours"},
)
STILL_PREPARING = Template(
    "still-preparing",
    "Kore.ai accepted it, and its status is still {status} after {wait}.",
    "Look at it at Kore.ai before you start it.",
    example={"status": "Preparing", "wait": "120 s"},
)
BAD_STATUS = Template(
    "bad-status",
    "Kore.ai accepted it, and its status there is {status}.",
    "Look at it at Kore.ai. It can't be started like this.",
    example={"status": "Failed"},
)

# --- at the end of a run -------------------------------------------------------------------------------------------

NOT_SENT = Template(
    "not-sent", "The run ended before this row was sent.", "To send it: {resume:{run}}.", example=_RUN
)
NOT_SENT_BECAUSE = Template(
    "not-sent-because",
    "{before}",
    "To send it: {resume:{run}}.",
    example={"before": "There is no network.", **_RUN},
)
ABSENT_AT_END = Template(
    "absent-at-end",
    "{before}",
    "To send it again: {resume:{run}}.",
    example={"before": "The answer was lost. The campaign was not created.", **_RUN},
)
UNKNOWN_AT_END = Template(
    "unknown-at-end",
    "{before}",
    "To look it up at Kore.ai: {resume:{run}}. Don't create it by hand: it may be there.",
    example={"before": "The answer was lost.", **_RUN},
)
UNKNOWN_UPDATE_AT_END = Template(
    "unknown-update-at-end",
    "{before}",
    "To look at it and to finish the update: {resume:{run}}.",
    example={"before": "The answer was lost.", **_RUN},
)
REFUSED_AT_END = Template(
    "refused-at-end",
    "{before}",
    "Correct the row and submit the workbook again.",
    example={"before": "Kore.ai refused it: no such queue."},
)
REFUSED_UPDATE_AT_END = Template(
    "refused-update-at-end",
    "{before}",
    "Correct the row, or its Campaign ID {campaign_id}, and submit the workbook again.",
    example={"before": "Kore.ai refused it: no such queue.", **_ID},
)
NOT_CHECKED_AT_END = Template(
    "not-checked-at-end",
    "{before} It was not looked at since.",
    "To look at it: {resume:{run}}.",
    example={"before": "Kore.ai accepted it.", **_RUN},
)
