"""What can be wrong with a row beside the account it is meant for."""

from bulkload.messages import error

NOT_IN_ACCOUNT = error(
    "not-in-account",
    'Your account at Kore.ai has no contact list "{name}".{hint}',
    "Type the name as it stands there, or create the list there first.",
    "Contact lists",
    "Loan holders",
    name="Loan holders",
    hint=' Did you mean "Loan holders - Nov"?',
)
