"""Messages about a row before it is sent, or instead of sending it."""

from __future__ import annotations

from bulkload.messages import MessageTemplate as Template
from bulkload.model import RowReference

_ID = {"campaign_id": "cd-b2c1690"}
_RUN = {"run": "20261121-104205-3f9a1c0b7d2e"}

# --- nothing is sent, and no action is needed --------------------------------------------------------------

SAME_AS_BEFORE = Template("same-as-before", "Same as on {when}.", example={"when": "28 Nov 13:00"})
SAME_BUT_RENAMED = Template(
    "same-but-renamed",
    "Same as on {when}. At Kore.ai it is now called {name}.",
    example={"when": "28 Nov 13:00", "name": "Loan reminder"},
)
ALREADY_THERE = Template("already-there", "Kore.ai already has this campaign as {campaign_id}.", example=_ID)
STATUS_NEEDS_A_LOOK = Template(
    "status-needs-a-look",
    "Kore.ai already has this campaign as {campaign_id}. Its status there is {status}.",
    "Look at it at Kore.ai before you start it.",
    example={**_ID, "status": "Preparing"},
)
CHANGED_BY_LATER_RUN = Template(
    "changed-by-later-run",
    "Same as on {when}. Run {run} has changed {campaign_id} since.",
    "If this row is right, put {campaign_id} into Campaign ID and submit again.",
    example={"when": "28 Nov 13:00", **_RUN, **_ID},
)

# --- the row is looked up first ------------------------------------------------------------------------------

TO_BE_LOOKED_UP = Template(
    "to-be-looked-up", "This campaign may have been created. It is looked up at Kore.ai first."
)

# --- the person decides --------------------------------------------------------------------------------------

NAME_OF_ANOTHER_ROW = Template(
    "name-of-another-row",
    "Row {row} has the same name.",
    "Give one of the two rows another name.",
    example={"row": RowReference((7,))},
)
NAME_TAKEN = Template(
    "name-taken",
    "Kore.ai already has a campaign of this name: {ids}.",
    "To change it, put its ID into Campaign ID. To create another one, change the name.",
    example={"ids": "cd-b2c1690"},
)
SEVERAL_OF_THIS_NAME = Template(
    "several-of-this-name",
    "Kore.ai has more than one campaign of this name: {ids}.",
    "Look at them at Kore.ai. Delete what is wrong, or put the right ID into Campaign ID.",
    example={"ids": "cd-1 and cd-2"},
)
SENT_WITH_OTHER_VALUES = Template(
    "sent-with-other-values",
    "A campaign of this name was sent on {when} with other values: {campaign_id}.",
    "To change it, put {campaign_id} into Campaign ID. To create another one, change the name.",
    example={"when": "28 Nov 13:00", **_ID},
)
DIFFERS_AT_KORE = Template(
    "differs-at-kore",
    "Kore.ai has this campaign as {campaign_id} with other values: {headings}.",
    "To change it, agree to the update: {choice:update}. To create another one, change the name.",
    example={**_ID, "headings": "Queue and Priority"},
)
STILL_DIFFERS = Template(
    "still-differs",
    "This was sent on {when} as {campaign_id}. Kore.ai still shows other values: {headings}.",
    "Look at it at Kore.ai. To send it again, put {campaign_id} into Campaign ID.",
    example={"when": "28 Nov 13:00", **_ID, "headings": "Queue"},
)
CONFLICT_BEFORE = Template(
    "conflict-before",
    "A row of this name was sent on {when}, and its result is not clear: {campaign_id}.",
    "Look at {campaign_id} at Kore.ai. If it is this row's, put it into Campaign ID.",
    example={"when": "28 Nov 13:00", **_ID},
)
GONE = Template(
    "gone",
    "This campaign was sent on {when} as {campaign_id}. It was deleted at Kore.ai since.",
    "If you want it again, change the name of this row.",
    example={"when": "28 Nov 13:00", **_ID},
)
IN_DOUBT_ELSEWHERE = Template(
    "in-doubt-elsewhere",
    "Run {run} may have sent this campaign, and its answer is not known.",
    "Finish that run first: {resume:{run}}. Then submit this workbook again.",
    example=_RUN,
)
MAY_BE_THIS_ROWS = Template(
    "may-be-this-rows",
    'The campaign {campaign_id}, "{name}", may be this row\'s, which was sent before.',
    "Look at it at Kore.ai. If it is yours, put {campaign_id} into Campaign ID. Otherwise change the name.",
    example={**_ID, "name": "Loan reminder"},
)
RENAMED_IN_DOUBT = Template(
    "renamed-in-doubt",
    'This row may be "{name}" of run {run}, whose answer is not known.',
    "Finish that run first: {resume:{run}}. Then submit this workbook again.",
    example={"name": "Loan reminder", **_RUN},
)
SUPERSEDED = Template(
    "superseded",
    "A newer file was submitted as run {run}. This row is not sent, because it is older.",
    "Submit the newest file again. To end this run: {command:close}.",
    example=_RUN,
)
ID_NOT_LISTED = Template(
    "id-not-listed",
    "Kore.ai has no campaign {campaign_id}. The campaign of this name is {ids}.",
    "To change that one, put its ID into Campaign ID.",
    example={**_ID, "ids": "cd-2"},
)
ID_UNKNOWN = Template(
    "id-unknown",
    "Kore.ai has no campaign {campaign_id} in this account.",
    "Check the account and Campaign ID. To create a new campaign, empty Campaign ID.",
    example=_ID,
)
ID_OF_ANOTHER_ROW = Template(
    "id-of-another-row",
    '{campaign_id} is the campaign "{name}", the name of row {row}.',
    "Put this row's own ID into Campaign ID, or empty the cell to create a campaign.",
    example={**_ID, "name": "Loan reminder", "row": RowReference((7,))},
)
NAME_TAKEN_FROM_UPDATE = Template(
    "name-taken-from-update",
    "Another campaign has this name already: {ids}.",
    "If the row means that one, put its ID into Campaign ID. Otherwise change the name.",
    example={"ids": "cd-2"},
)
WOULD_RENAME = Template(
    "would-rename",
    '{campaign_id} is called "{name}" at Kore.ai.',
    "To rename it: {choice:update}. To create a new campaign: empty Campaign ID, or {choice:as_new}.",
    example={**_ID, "name": "Loan reminder December"},
)
CHANGED_AT_KORE = Template(
    "changed-at-kore",
    "Somebody changed this campaign at Kore.ai: {headings}.",
    "To replace that with the row's values: {choice:overwrite}.",
    example={"headings": "Calling hours"},
)
NEVER_UPDATED = Template(
    "never-updated",
    "{campaign_id} has {facts} at Kore.ai, which an update would destroy.",
    "Change it at Kore.ai, and take the row out of the workbook.",
    example={**_ID, "facts": "a schedule"},
)
CANNOT_BE_READ = Template(
    "cannot-be-read",
    "{campaign_id} at Kore.ai can't be read: {reason}.",
    "Try again later. Nothing is sent for a campaign that can't be read.",
    example={**_ID, "reason": "the service answered 503"},
)
LISTING_HIDES = Template(
    "listing-hides",
    "Kore.ai's list of campaigns is not complete: {campaign_id} is there, and not in the list.",
    "Nothing was sent. Try again later.",
    example=_ID,
)
DELETED = Template(
    "deleted",
    "{campaign_id} was deleted at Kore.ai.",
    "To create the campaign again, empty Campaign ID or {choice:as_new}.",
    example=_ID,
)
NEEDS_CONSENT = Template(
    "needs-consent",
    "{campaign_id} was not last changed by this computer. The update changes {headings}.",
    "To send it: {choice:update}.",
    example={**_ID, "headings": "Queue"},
)
MOVED_SINCE_PLAN = Template(
    "moved-since-plan",
    "This campaign changed at Kore.ai after the plan was shown.",
    "Make a new plan and look at it: submit the workbook again.",
)
DIFFERS_FROM_PLAN = Template(
    "differs-from-plan",
    "What would be sent for this row changed after the plan was shown.",
    "Make a new plan and look at it: submit the workbook again.",
)
