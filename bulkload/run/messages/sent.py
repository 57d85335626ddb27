"""Messages about a row while it is sent, and what is said while a run goes on."""

from __future__ import annotations

from bulkload.messages import MessageTemplate as Template

_REASON = {"reason": "No answer came in 30 s."}

# --- of a row ------------------------------------------------------------------------------------------------

REFUSED = Template(
    "refused", "Kore.ai refused it: {words}", example={"words": "DNC list DNC wrong not found."}
)
NOT_DONE = Template("not-done", "It was not sent: {reason}", example={"reason": "There is no network."})
NO_ANSWER = Template(
    "no-answer", "It was sent, and its answer does not say what happened: {reason}", example=_REASON
)
ANSWERED_WITHOUT_RESULT = Template(
    "answered-without-result",
    "Kore.ai answered without creating it, as far as known: {reason}",
    example={"reason": 'The service answered 403 ("Request blocked").'},
)
CUT_OFF = Template("cut-off", "The program ended while this row was on its way. Its answer is not known.")
UNRECORDED = Template(
    "unrecorded",
    "Kore.ai answered with {campaign_id}, which could not be written into the journal.",
    "Note the ID. Make room on the disk. To find the campaign again: {resume:}.",
    example={"campaign_id": "cd-b2c1690"},
)
NAME_TAKEN_MEANWHILE = Template(
    "name-taken-meanwhile",
    "Somebody created a campaign of this name during the run: {ids}.",
    "Look at it at Kore.ai. To create another one, change the name.",
    example={"ids": "cd-2"},
)

# --- of a row at work ----------------------------------------------------------------------------------------

WAITING = Template("waiting", "Waiting.")
ON_ITS_WAY = Template("on-its-way", "On its way.")
BEING_LOOKED_UP = Template("being-looked-up", "Its answer was lost. It is looked up at Kore.ai.")
CREATED_NOT_CHECKED = Template("created-not-checked", "Created: not looked at yet.")
UPDATED_NOT_CHECKED = Template("updated-not-checked", "Updated: not looked at yet.")

# --- of the run ----------------------------------------------------------------------------------------------

TRYING_AGAIN = Template(
    "trying-again", "{reason} Trying again in {wait}.", example={**_REASON, "wait": "30 s"}
)
LIMITED = Template(
    "limited",
    "The account's rate limit is reached, because other programs use it too. Waiting {wait}.",
    example={"wait": "60 s"},
)
LOOKING_AGAIN = Template(
    "looking-again", "{reason} Looking again in {wait}.", example={**_REASON, "wait": "30 s"}
)
SOMEBODY_ELSE = Template(
    "somebody-else",
    "Somebody created {name} a moment ago. Waiting {wait}, so that nothing is created twice.",
    example={"name": "Loan reminder", "wait": "120 s"},
)
RATE_LIMIT_STAYS = Template(
    "rate-limit-stays",
    "The account's rate limit was reached {times} times in a row, although this run waited each time.",
    "Wait until other programs have ended, or lower {setting:rate}. To go on: {resume:{run}}.",
    example={"times": 5, "run": "20261121-104205-3f9a1c0b7d2e"},
)
UNREACHABLE = Template("unreachable", "Kore.ai can't be reached: {reason}", example=_REASON)
NO_DEFINITE_ANSWERS = Template(
    "no-definite-answers", "Kore.ai does not give definite answers any more: {reason}", example=_REASON
)
INTERRUPTED = Template(
    "interrupted",
    "Stopped as you asked.",
    "To go on: {resume:{run}}.",
    example={"run": "20261121-104205-3f9a1c0b7d2e"},
)
TOO_MANY_REFUSALS = Template(
    "too-many-refusals",
    "Stopped, because Kore.ai refused {count} rows since the last accepted one.{common}",
    "Fix the cause. To go on with the rest: {resume:{run}}.",
    example={
        "count": 5,
        "common": ' All have the DNC list "DNC global".',
        "run": "20261121-104205-3f9a1c0b7d2e",
    },
)
TRIAL_WAITS = Template(
    "trial-waits",
    "The trial is done: {count} rows were sent.",
    "Look at them at Kore.ai. To send the rest: {resume:{run}}.",
    example={"count": 3, "run": "20261121-104205-3f9a1c0b7d2e"},
)
NOTE_THE_IDS = Template(
    "note-the-ids",
    "{reason} These IDs could not be written down, so note them: {ids}.",
    example={"reason": "The disk is full.", "ids": "row 4 is cd-3"},
)
