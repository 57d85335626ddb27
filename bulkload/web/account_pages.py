"""Accounts: list, choose, add, change, test and remove. A secret goes in and never comes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bulkload.accounts import count_campaigns, list_accounts, new_section, remove_account, store_account
from bulkload.errors import BulkloadError, UsageError
from bulkload.settings import accounts_file, check_setting, load_section
from bulkload.web.messages import accounts as said
from bulkload.web.uploads import read_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from bulkload.settings import AccountSection
    from bulkload.web.frame import Site

MOST_NAME = 40


class AccountPages:
    """The page and endpoints of accounts."""

    def __init__(self, site: Site) -> None:
        self._frame = site.frame
        self._account = site.account

    def routes(self) -> list[BaseRoute]:
        """Their addresses."""
        return [
            Route("/accounts", self._show),
            Route("/accounts/data", self._data),
            Route("/accounts/use", self._use, methods=["POST"]),
            Route("/accounts/{name}", self._put, methods=["PUT"]),
            Route("/accounts/{name}", self._remove, methods=["DELETE"]),
            Route("/accounts/{name}/test", self._test, methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        return self._frame.page(
            request,
            "accounts.html",
            said.ACCOUNTS(),
            section="accounts",
            words=said.ACCOUNT_WORDS,
            initial=self._listed(),
        )

    async def _data(self, _request: Request) -> Response:
        return JSONResponse(self._listed())

    def _listed(self) -> dict[str, Any]:
        chip = self._frame.chip()
        return {
            "accounts": [
                said.say_account(one, in_use=one.name == self._account.name) for one in list_accounts()
            ],
            "practice_in_use": self._account.name is None,
            "chip": {"title": chip.title, "practice": chip.is_practice},
        }

    async def _use(self, request: Request) -> Response:
        name = (await read_json(request)).get("name")
        if name is not None:
            accounts_file().section(str(name))
        self._account.use(None if name is None else str(name))
        return JSONResponse(self._listed())

    async def _put(self, request: Request) -> Response:
        """Test an account with these settings, then store it. ``new`` as its name: one is made from its title."""
        wanted = await read_json(request)
        name = request.path_params["name"]
        before = None if name == "new" else accounts_file().section(name)
        values = _values(wanted, before)
        section = new_section(name if before else _name_for(str(values["title"])), values)
        secret = str(wanted.get("client_secret") or "").strip() or _kept_secret(before, section)
        if not secret:
            raise UsageError(said.SECRET_AGAIN())
        campaigns = await count_campaigns(load_section(section, secret))
        store_account(section, secret)
        return JSONResponse({**self._listed(), "campaigns": campaigns, "name": section.name})

    async def _test(self, request: Request) -> Response:
        section = accounts_file().section(request.path_params["name"])
        return JSONResponse({"campaigns": await count_campaigns(load_section(section))})

    async def _remove(self, request: Request) -> Response:
        name = request.path_params["name"]
        remove_account(name)
        if self._account.name == name:
            self._account.use(None)
        return JSONResponse(self._listed())


def _values(wanted: Mapping[str, Any], before: AccountSection | None) -> dict[str, Any]:
    """The settings that a form holds, each checked; an empty field keeps what is stored.

    Raises UsageError and SettingsError.
    """
    title = str(wanted.get("title") or "").strip()
    if not title:
        raise UsageError(said.NAME_MISSING())
    values: dict[str, Any] = {"title": title}
    for key, field in said.FIELD_NAMES.items():
        typed = str(wanted.get(key) or (before.values.get(key) if before else None) or "").strip()
        if not typed:
            raise UsageError(said.FIELD_MISSING(field=field))
        values[key] = check_setting(key, typed)
    if wanted.get("production"):
        values["production"] = True
    return values


def _kept_secret(before: AccountSection | None, section: AccountSection) -> str:
    """The secret that is stored, where it belongs to the same address and Client ID as the form's."""
    if before is None or any(before.values.get(key) != section.values[key] for key in ("host", "client_id")):
        return ""
    try:
        return load_section(before).credentials.client_secret
    except BulkloadError:
        return ""


def _name_for(title: str) -> str:
    """A name that an account may have, made of its title, and not taken yet."""
    plain = re.sub("[^a-z0-9]+", "-", title.casefold()).strip("-")[:MOST_NAME].strip("-") or "account"
    taken = accounts_file().sections.keys() | {"new", "data", "use", "practice", "sandbox"}
    names = (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
