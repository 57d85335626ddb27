"""The account in use: the practice account until the user chooses another, remembered between starts."""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from bulkload.accounts import AccountChoice, list_accounts, settings_for
from bulkload.errors import BulkloadError
from bulkload.practice import practice_account
from bulkload.web.frame import Chip
from bulkload.web.messages.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bulkload.accounts import AccountSummary
    from bulkload.checking import CheckedWorkbook
    from bulkload.model import AccountBinding, AccountIdentity
    from bulkload.settings import Settings


PRACTICE_RATE = 600
"""Requests a minute in practice, ten times what Kore.ai allows: a try-out takes seconds, not minutes."""


PRACTICE_SETTLE = 2.0
"""Seconds until practice is sure to list a campaign: it lists it at once."""


class AccountInUse:
    """Which account the page sends to."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "account.json"
        self.name: str | None = None
        """The account's name; None: the practice account."""
        with suppress(OSError, ValueError, KeyError):
            self.name = json.loads(self._path.read_text("utf-8"))["account"]
        if self.name is not None and self.summary is None:
            self.name = None

    @property
    def summary(self) -> AccountSummary | None:
        """The account as it is listed; None for the practice account and for one that is gone."""
        with suppress(BulkloadError):
            return next((one for one in list_accounts() if one.name == self.name), None)
        return None

    def use(self, name: str | None) -> None:
        """Use this account from now on."""
        self.name = name
        self._path.write_text(json.dumps({"account": name}), encoding="utf-8")

    @property
    def chip(self) -> Chip:
        """What the top of every page shows."""
        summary = self.summary if self.name else None
        if summary is None:
            return Chip(LABELS["practice"], is_practice=True)
        return Chip(summary.title or summary.name, is_practice=False, name=summary.name)

    def named_like(self, identity: AccountIdentity) -> str | None:
        """The name of the account with this host, application and account id; None where none has them."""
        wanted = (identity.host, identity.application)
        return next(
            (
                one.name
                for one in list_accounts()
                if (one.host, one.application) == wanted and identity.account_id in {None, one.account_id}
            ),
            None,
        )

    @contextmanager
    def open(
        self,
        checked: CheckedWorkbook,
        binding: AccountBinding | None,
        *,
        name: str | None,
        as_new: bool = False,
    ) -> Iterator[tuple[Settings, AccountChoice]]:
        """The settings of an account, for as long as the block lasts; ``name`` None: the practice account.

        ``binding`` is the account that the workbook or the run belongs to. Raises SettingsError where it is another.
        """
        if name is None:
            flags = {"api_version": checked.version, "rate": PRACTICE_RATE, "settle": PRACTICE_SETTLE}
            with practice_account(checked.validation.campaigns, flags) as settings:
                yield settings, AccountChoice(None)
            return
        yield settings_for(binding, {"account": name}, as_new=as_new)
