"""What can be wrong with the names in a row, compared with those of the account."""

from bulkload.messages import error, warning

LIST_MISSING = error(
    "not-in-account",
    'Kore.ai has no contact list "{name}".{hint}',
    "Type the name as it is at Kore.ai, or create the list there first.",
    "Contact lists",
    "Loan holders",
    name="Loan holders",
    hint=' Did you mean "Loan holders - Nov"?',
)
LIST_IS_DNC = error(
    "do-not-call-at-kore",
    '"{name}" is a Do Not Call list at Kore.ai.',
    "Type a contact list. People on a Do Not Call list must never be called.",
    "Contact lists",
    "DNC global",
    name="DNC global",
)
LIST_NOT_READY = warning(
    "not-ready",
    'The contact list "{name}" is {status} at Kore.ai.',
    "Wait until it is ready, or correct it there.",
    "Contact lists",
    "Loan holders",
    name="Loan holders",
    status="Validating",
)
LIST_WITHOUT_CONTACTS = warning(
    "without-contacts",
    'The contact list "{name}" has 0 contacts.',
    "Add contacts at Kore.ai, or the campaign will call no one.",
    "Contact lists",
    "Loan holders",
    name="Loan holders",
)
LIST_SHARED = warning(
    "used-by-several-rows",
    'Several rows use the contact list "{name}": {rows}.',
    "The same people may be called several times. If that is right, no action is needed.",
    "Contact lists",
    "Loan holders",
    name="Loan holders",
    rows="E7 and E9",
)
LIST_IN_CAMPAIGN = warning(
    "used-by-a-campaign",
    'The campaign "{other}" at Kore.ai uses "{name}" and has not ended.',
    "The same people may be called twice. If that is right, no action is needed.",
    "Contact lists",
    "Loan holders",
    name="Loan holders",
    other="Loan reminder November",
)
QUEUE_MISSING = warning(
    "not-listed",
    'Kore.ai lists no queue "{name}".{hint}',
    "Check the name at Kore.ai.",
    "Queue",
    "Colections EN",
    name="Colections EN",
    hint=' Did you mean "Collections EN"?',
)
NOT_IN_USE = warning(
    "not-in-use",
    'No campaign at Kore.ai uses the {noun} "{name}" yet.{hint}',
    "Check the name at Kore.ai.",
    "DNC list",
    "DNC globl",
    noun="DNC list",
    name="DNC globl",
    hint=' Did you mean "DNC global"?',
)
