"""What the page says of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bulkload.messages import MessageTemplate
from bulkload.web.messages.wording import moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.accounts import AccountSummary

ACCOUNTS = MessageTemplate(
    "page-accounts",
    "Accounts",
    "Where campaigns are created. The colour at the top always says which one: blue is practice, amber is real.",
)
NAME_MISSING = MessageTemplate(
    "page-account-name", "The account needs a name.", "Type one, such as Acme Bank, production."
)
FIELD_MISSING = MessageTemplate(
    "page-account-field",
    "{field} is empty.",
    "Type it as Kore.ai shows it.",
    example={"field": "The application id"},
)
SECRET_AGAIN = MessageTemplate(
    "page-account-secret",
    "The Client Secret is missing.",
    "Type it. A changed address or Client ID needs it again.",
)
AT_WORK = MessageTemplate(
    "page-account-at-work", "A run is at work with this account.", "Wait for its end, or stop it first."
)
CATALOGUE = {
    template.code: template for template in (ACCOUNTS, NAME_MISSING, FIELD_MISSING, SECRET_AGAIN, AT_WORK)
}

ACCOUNT_WORDS: Mapping[str, str] = {
    "add": "Add an account",
    "edit": "Change {title}",
    "use": "Use it",
    "in_use": "✓ In use",
    "test": "Test",
    "change": "Edit",
    "remove": "Remove",
    "remove_question": "Remove {title} from this computer?",
    "remove_line": "Nothing changes at Kore.ai. Its runs stay in the list of runs.",
    "not_yet": "Not yet",
    "practice_note": "A pretend Kore.ai on this computer. It knows every list, queue and flow that your workbook "
    "names. Nobody is phoned.",
    "title": "Name",
    "title_note": "for yourself, such as Acme Bank, production",
    "host": "Service address",
    "app_id": "Application id",
    "app_id_note": "begins with st-",
    "account_id": "Account id",
    "account_id_note": "24 characters: 0 to 9 and a to f",
    "client_id": "Client ID",
    "client_secret": "Client Secret",
    "secret_note": "kept on this computer, never shown again",
    "kept": "leave it empty to keep it",
    "production": "This is a production account: changing more than 50 campaigns takes typing its name",
    "save": "Test and save",
    "cancel": "Cancel",
    "saved": "Saved. The account answers.",
    "works": "It answers. It has {count} campaigns.",
    "removed": "Removed.",
}
FIELD_NAMES = {
    "host": "The service address",
    "app_id": "The application id",
    "account_id": "The account id",
    "client_id": "The Client ID",
}
_PLACES = {
    "keyring": "Client Secret in this computer's keychain",
    "file": "Client Secret in a file that you alone can read",
    "environment": "Client Secret in the environment",
}


def say_account(one: AccountSummary, *, in_use: bool) -> dict[str, Any]:
    """An account as the page lists it; never a secret."""
    last = f"last run {moment(one.last_run.astimezone())}" if one.last_run else "no run yet"
    place = _PLACES[str(one.secret)] if one.secret else "Client Secret missing"
    return {
        "name": one.name,
        "title": one.title or one.name,
        "note": " · ".join((one.host.removeprefix("https://"), one.application, place, last)),
        "host": one.host,
        "app_id": one.application,
        "account_id": one.account_id,
        "production": one.production,
        "in_use": in_use,
    }
