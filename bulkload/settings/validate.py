"""Values as they were written become values of their type, or messages that say what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from bulkload.errors import SettingsError
from bulkload.messages import Message, MessageTemplate
from bulkload.settings.fields import SECRETS, AccountFields
from bulkload.settings.sources import Found, SourceKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

Fields = TypeVar("Fields", bound=AccountFields)

WRONG = MessageTemplate(
    "setting-wrong",
    "{setting:{name}} is {typed}{place}, but must be {wanted}.",
    example={"name": "rate", "typed": "many", "place": "", "wanted": "a whole number"},
)
WRONG_SECRET = MessageTemplate(
    "secret-wrong",
    "{setting:{name}}{place} must be {wanted}.",
    example={"name": "client_secret", "place": "", "wanted": "a text in quotes"},
)
WRONG_SETTINGS = MessageTemplate("settings-wrong", "{problems}", example={"problems": "..."})
"""Several of the above."""

_WANTED = {
    "string_type": "a text in quotes",  # in a file: the environment has texts alone
    "path_type": "a text in quotes",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_type": "a whole number",
    "float_parsing": "a number",
    "float_type": "a number",
    "finite_number": "a number",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "greater_than": "more than {limit}",
    "greater_than_equal": "at least {limit}",
    "less_than_equal": "at most {limit}",
}
"""What would be right, for each of pydantic's errors that a setting can meet."""


def validated(kind: type[Fields], winners: Mapping[str, Found], account: str | None = None) -> Fields:
    """The values of these settings. Raises SettingsError, naming everything that can't be right at once."""
    try:
        return kind(**{name: found.value for name, found in winners.items()})
    except ValidationError as error:
        problems = [_wrong(item, winners, account) for item in error.errors(include_url=False)]
    raise SettingsError(
        problems[0] if len(problems) == 1 else WRONG_SETTINGS(problems=tuple(problems))
    ) from None


def _wrong(item: ErrorDetails, winners: Mapping[str, Found], account: str | None) -> Message:
    """A setting by its name, its value and what would be right; a secret's value is never shown."""
    name = str(item["loc"][0])
    source = winners[name].source
    values = {
        "name": f"{account}.{name}" if source.kind is SourceKind.ACCOUNT else name,
        "place": f" in {source}" if source.path else "",
        "wanted": _wanted(item),
    }
    return WRONG_SECRET(**values) if name in SECRETS else WRONG(**values, typed=item["input"])


def _wanted(item: ErrorDetails) -> str:
    limit = next(iter(item.get("ctx", {}).values()), "something else")
    shown = f"{limit:,g}" if isinstance(limit, int | float) else limit
    return _WANTED.get(item["type"], "{limit}").format(limit=shown)
