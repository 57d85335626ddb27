"""``bulkload accounts``: list, add, test and remove the accounts that have names."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from bulkload.cli.marks import cli_marks, name_account
from bulkload.cli.options import VERSIONS, as_json_option
from bulkload.errors import BulkloadError, UsageError
from bulkload.text import sanitize

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.accounts import AccountSummary
    from bulkload.settings import AccountSection

_QUESTIONS = {
    "host": "Address of the service",
    "app_id": "Application ID (st-...)",
    "account_id": "Account ID (24 characters)",
    "client_id": "Client ID (cs-...)",
    "api_version": "API version (v1 or v2)",
    "title": "Name for people (may be empty)",
}
_SUGGESTED = {"host": "https://platform.kore.ai", "api_version": "v2", "title": ""}
_NEEDED = ("host", "app_id", "account_id", "client_id")


@click.group(invoke_without_command=True, epilog="Example:  bulkload accounts add acme")
@as_json_option
@click.pass_context
def accounts(ctx: click.Context, *, as_json: bool) -> None:
    """List the accounts of this computer; add, test or remove one.

    An account has a name, such as acme. Choose it with --account acme or BULKLOAD_ACCOUNT.
    """
    if ctx.invoked_subcommand is None:
        _list(as_json=as_json)


def _list(*, as_json: bool) -> None:
    from bulkload.accounts import list_accounts, values_of_profile

    found = list_accounts()
    if as_json:
        _print_document({"accounts": [one.to_json() for one in found], "exit_status": 0})
        return
    if not found:
        click.echo("No account has a name yet. Add one:  bulkload accounts add acme")
    for one in found:
        click.echo(sanitize(_line(one)))
    if values_of_profile():
        click.echo(
            "\nThe older profile.toml still has settings. Use them: bulkload accounts add NAME --from-profile"
        )


def _print_document(document: object) -> None:
    from bulkload.cli.console import print_document

    print_document(document)


def _line(one: AccountSummary) -> str:
    title = f"  {one.title}" if one.title else ""
    production = " (production)" if one.production else ""
    secret = f"secret in the {one.secret}" if one.secret else "secret missing"
    last = f"last run {one.last_run.astimezone():%Y-%m-%d %H:%M}" if one.last_run else "no run yet"
    place = f"{one.host}, application {one.application}, {one.api_version}"
    return f"{one.name}{title}{production}\n    {place}\n    {secret}, {last}"


@accounts.command(
    epilog="""\b
Examples:
  bulkload accounts add acme                asks for each setting
  bulkload accounts add acme --host https://platform.kore.ai --app-id st-1 \\
      --account-id 67777ce93e25326494e90000 --client-id cs-1 --secret-from-stdin < secret.txt"""
)
@click.argument("name")
@click.option("--host", help="Address of the service.")
@click.option("--app-id", metavar="ID", help="Application ID (st-...).")
@click.option("--account-id", metavar="ID", help="Account ID, 24 characters.")
@click.option("--client-id", metavar="ID", help="Client ID of the app at Kore.ai (cs-...).")
@click.option("--api-version", type=click.Choice(VERSIONS), help="Version of the campaign service (v2).")
@click.option("--rate", type=click.IntRange(1, 100_000), metavar="N", help="Requests per window (60).")
@click.option("--window", type=float, metavar="SECONDS", help="Length of the window (60).")
@click.option("--title", help='Name for people, such as "Acme Bank, production".')
@click.option("--production", is_flag=True, help="Large changes ask for the account's name to be typed.")
@click.option("--secret-from-stdin", is_flag=True, help="Read the Client Secret from standard input.")
@click.option(
    "--secret-in",
    type=click.Choice(["keyring", "file", "environment"]),
    help="Where to keep the secret: the keyring where one works, else the file.",
)
@click.option("--from-profile", is_flag=True, help="Take over the settings of the older profile.toml.")
@click.option("--replace", is_flag=True, help="Change an account that exists.")
@click.option("--no-test", is_flag=True, help="Store it without asking the service.")
@as_json_option
@click.pass_context
def add(
    ctx: click.Context,
    /,
    name: str,
    *,
    secret_from_stdin: bool,
    secret_in: str | None,
    from_profile: bool,
    replace: bool,
    no_test: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Add the account NAME: ask for its settings, test them, store them.

    The Client Secret is asked for without showing it. It can also come from standard input, or from the variable
    BULKLOAD_NAME_CLIENT_SECRET.
    """
    from bulkload.accounts import count_campaigns, retire_profile, store_account
    from bulkload.settings import SecretPlace, load_section

    before = _existing(name, replace=replace)
    profile = _profile(wanted=from_profile)
    given = {key: _checker(key)(value) for key, value in options.items() if value not in {None, False}}
    secret = _secret(name, profile, from_stdin=secret_from_stdin)
    section = _section(name, {**before, **profile}, given, asks=_can_ask(from_stdin=secret_from_stdin))
    secret = secret or _asked_secret(name)
    settings = load_section(section, secret)
    name_account(name)
    count = None if no_test else asyncio.run(count_campaigns(settings))
    place = store_account(section, secret, SecretPlace(secret_in) if secret_in else None)
    kept = retire_profile() if profile else None
    if as_json:
        _print_document({"account": name, "secret": str(place), "campaigns": count, "exit_status": 0})
        ctx.exit()
    _show_added(name, place, count)
    if kept:
        click.echo(sanitize(f"profile.toml is now {kept}. Delete it when everything works."))


def _show_added(name: str, place: str, count: int | None) -> None:
    if count is not None:
        click.echo(f"The account answers. It has {count:,} campaign{'' if count == 1 else 's'}.")
    click.echo(f"Added {name}; its secret is in the {place}. Choose it with --account {name}")


def _existing(name: str, *, replace: bool) -> Mapping[str, Any]:
    """What is stored of this account. Raises UsageError where it exists and is not to be changed."""
    from bulkload.accounts import new_section
    from bulkload.settings import accounts_file

    new_section(name, {})  # refuses a name that an account can't have before anything is asked
    existing = accounts_file().sections.get(name)
    if existing and not replace:
        raise UsageError("Account {name} exists.", "To change it, add {choice:replace}", name=name)
    return existing.values if existing else {}


def _section(name: str, known: Mapping[str, Any], given: Mapping[str, Any], *, asks: bool) -> AccountSection:
    from bulkload.accounts import new_section

    values = {**known, **given}
    if asks:
        values = _asked(values, given)
    _must_be_complete(values)
    return new_section(
        name, {key: value for key, value in values.items() if key != "client_secret" and value}
    )


def _can_ask(*, from_stdin: bool) -> bool:
    try:
        return not from_stdin and sys.stdin.isatty()
    except (AttributeError, ValueError):  # closed by the program that started the command
        return False


def _profile(*, wanted: bool) -> dict[str, Any]:
    """The older settings, if they are to be taken over: by option, or by the answer to a question."""
    from bulkload.accounts import values_of_profile

    values = values_of_profile()
    if wanted and not values:
        raise UsageError("No profile.toml has settings to take over.")
    if wanted or (
        values and _can_ask(from_stdin=False) and click.confirm(_TAKE_OVER, default=True, err=True)
    ):
        return values
    return {}


_TAKE_OVER = "The older profile.toml has settings of an account. Use them for this one?"


def _asked(values: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings, each asked for that was not given as an option."""
    answers = dict(values)
    for key, question in _QUESTIONS.items():
        if key not in given:
            default = values.get(key, _SUGGESTED.get(key))
            answers[key] = click.prompt(
                question, default=default, show_default=bool(default), err=True, value_proc=_checker(key)
            )
    if "production" not in given:
        question = "Ask for the account's name before large changes (production)?"
        answers["production"] = click.confirm(question, default=bool(values.get("production")), err=True)
    return answers


def _checker(key: str) -> Any:
    """Ask again for a value that can't be right, and say why."""
    from bulkload.settings import check_setting

    def check(typed: Any) -> Any:
        try:
            return check_setting(key, typed)
        except BulkloadError as error:
            raise click.UsageError(sanitize(error.explanation.join(cli_marks))) from None

    return check


def _secret(name: str, profile: Mapping[str, Any], *, from_stdin: bool) -> str:
    """The secret from standard input, the environment or the older file; empty where it must be asked for."""
    from bulkload.settings.sources import account_secret

    if from_stdin:
        with suppress(AttributeError, ValueError):  # closed: then the secret is missing
            return sys.stdin.readline().strip()
        return ""
    return account_secret(name) or str(profile.get("client_secret", ""))


def _asked_secret(name: str) -> str:
    if not _can_ask(from_stdin=False):
        raise UsageError(
            "The Client Secret is missing.",
            "Give it with {choice:secret_from_stdin}, or in {setting:{variable}}.",
            variable=f"{name.replace('-', '_')}_client_secret",
        )
    return str(click.prompt("Client Secret (not shown)", hide_input=True, err=True)).strip()


def _must_be_complete(values: Mapping[str, Any]) -> None:
    missing = [f"--{key.replace('_', '-')}" for key in _NEEDED if not values.get(key)]
    if missing:
        raise UsageError(
            "Without a terminal, nothing can be asked.",
            "Give these options too: {missing}.",
            missing=", ".join(missing),
        )


@accounts.command("test", epilog="Example:  bulkload accounts test acme")
@click.argument("name")
@as_json_option
@click.pass_context
def test_account(ctx: click.Context, name: str, *, as_json: bool) -> None:
    """Check whether the account NAME works, as bulkload doctor does."""
    from bulkload.cli.doctor import show_diagnosis

    ctx.exit(show_diagnosis(name, as_json=as_json))


@accounts.command(epilog="Example:  bulkload accounts remove acme")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Don't ask.")
@as_json_option
@click.pass_context
def remove(ctx: click.Context, name: str, *, yes: bool, as_json: bool) -> None:
    """Remove the account NAME and its secret from this computer.

    Nothing changes at Kore.ai. The journal of its runs stays.
    """
    from bulkload.accounts import remove_account
    from bulkload.settings import accounts_file

    accounts_file().section(name)
    if not yes and not _can_ask(from_stdin=False):
        raise UsageError(
            "Without a terminal, nothing can be asked.", "Add {choice:yes} to remove it without asking."
        )
    if not yes and not click.confirm(f"Remove account {name} and its secret from this computer?", err=True):
        ctx.exit(130)
    remove_account(name)
    if as_json:
        _print_document({"account": name, "removed": True, "exit_status": 0})
    else:
        click.echo(f"Removed {name}. Nothing changed at Kore.ai.")
