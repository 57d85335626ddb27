"""Compare the names in valid rows with those of the account: what does not exist there, what looks wrong.

Whether Kore.ai refuses a wrong list at once or only later is unknown. So it is asked for its lists before anything
is sent. It can't be asked for DNC lists, flows and caller IDs, so those that its campaigns use
take their place. A name that none of them uses is only a warning.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bulkload.columns import CAMPAIGN_COLUMNS
from bulkload.model import AccountNames, ContactList
from bulkload.rules.cells import display_value
from bulkload.rules.messages import account as messages
from bulkload.rules.suggestions import Suggester
from bulkload.rules.typed_sheet import row_reference
from bulkload.text import did_you_mean, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bulkload.messages import MessageTemplate
    from bulkload.model import Campaign, Problem, RemoteCampaign, Sheet

READY_STATUSES = frozenset({"ready", "validated"})
"""Statuses of a contact list that can be called, folded."""
FINISHED_STATUSES = frozenset({"completed", "stopped", "failed", "error"})
"""Statuses of a campaign that makes no more calls, folded."""
_HEADINGS = {column.field: column.heading for column in CAMPAIGN_COLUMNS}


def account_names(
    campaigns: Iterable[RemoteCampaign],
    contact_lists: Iterable[ContactList],
    queues: Iterable[str] | None = None,
) -> AccountNames:
    """The names of an account, from its listings; names in use are sorted, each once."""
    campaigns = tuple(campaigns)

    def used(field: str) -> tuple[str, ...]:
        return tuple(sorted({name for campaign in campaigns if (name := getattr(campaign, field))}))

    return AccountNames(
        contact_lists=tuple(contact_lists),
        queues=None if queues is None else tuple(queues),
        dnc_lists=used("dnc_list"),
        experience_flows=used("experience_flow"),
        caller_ids=used("caller_id"),
        unfinished=tuple(
            campaign for campaign in campaigns if name_key(campaign.status or "") not in FINISHED_STATUSES
        ),
    )


def compare_with_account(
    sheet: Sheet, campaigns: Iterable[Campaign], names: AccountNames
) -> tuple[Problem, ...]:
    """The problems of these rows with the account's names, by row and column; case and spaces don't count."""
    account, rows = _Account(sheet, names), tuple(campaigns)
    found = [problem for campaign in rows for problem in account.problems_of(campaign)]
    found += account.shared_lists(rows)
    order = {column.heading: place for place, column in enumerate(CAMPAIGN_COLUMNS)}
    return tuple(sorted(found, key=lambda problem: (problem.row or 0, order[problem.heading or ""])))


def lists_not_in_account(
    sheet: Sheet, campaigns: Iterable[Campaign], lists: Sequence[str]
) -> tuple[Problem, ...]:
    """One problem for each list that a campaign names and the account does not have."""
    account = _Account(sheet, AccountNames(tuple(map(ContactList, lists))))
    return tuple(problem for campaign in campaigns for problem in account.missing_lists(campaign))


def respell(campaign: Campaign, names: AccountNames) -> Campaign:
    """The campaign with its names spelled as the account spells them.

    The look-up ignores case, but the service may refuse a name in another case than its own.
    """
    lists = _spellings(entry.name for entry in names.contact_lists)
    return replace(
        campaign,
        contact_lists=tuple(_respelled(name, lists) for name in campaign.contact_lists),
        dnc_list=campaign.dnc_list and _respelled(campaign.dnc_list, _spellings(names.dnc_lists)),
        queue=campaign.queue and _respelled(campaign.queue, _spellings(names.queues or ())),
        experience_flow=campaign.experience_flow
        and _respelled(campaign.experience_flow, _spellings(names.experience_flows)),
    )


def _spellings(names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    spellings: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for name in names:
        spellings[name_key(name)] += (name,)
    return spellings


def _respelled(name: str, spellings: Mapping[str, tuple[str, ...]]) -> str:
    known = spellings.get(name_key(name), ())
    # Where the account has two names that differ only in case, only the person knows which is meant.
    return known[0] if len(known) == 1 else name


@dataclass(frozen=True, slots=True)
class _Kind:
    """The names of one kind in the account."""

    field: str
    noun: str
    template: MessageTemplate
    names: Suggester
    keys: frozenset[str]


class _Account:
    """The account's names, indexed, and the sheet whose rows are compared with them."""

    def __init__(self, sheet: Sheet, names: AccountNames) -> None:
        self._sheet = sheet
        self._lists = {name_key(entry.name): entry for entry in names.contact_lists}
        self._list_names = Suggester(entry.name for entry in names.contact_lists)
        self._dnc_lists = frozenset(map(name_key, names.dnc_lists))
        self._unfinished = names.unfinished
        in_use = (("dnc_list", names.dnc_lists), ("experience_flow", names.experience_flows))
        self._kinds = [
            *self._kind("queue", messages.QUEUE_MISSING, names.queues or ()),
            *(kind for field, used in in_use for kind in self._kind(field, messages.NOT_IN_USE, used)),
            *self._kind("caller_id", messages.NOT_IN_USE, names.caller_ids),
        ]

    @staticmethod
    def _kind(field: str, template: MessageTemplate, names: Sequence[str]) -> Iterator[_Kind]:
        """The kind; nothing where the account has no such names, for then every name would be warned about."""
        if names:
            heading = _HEADINGS[field]
            noun = heading if heading.startswith(("DNC", "Caller")) else heading.lower()
            yield _Kind(field, noun, template, Suggester(names), frozenset(map(name_key, names)))

    def problems_of(self, campaign: Campaign) -> Iterator[Problem]:
        """Everything but what concerns several rows."""
        yield from self.missing_lists(campaign)
        yield from self._warn_of_lists(campaign)
        for kind in self._kinds:
            name = getattr(campaign, kind.field)
            if name and name_key(name) not in kind.keys:
                near = kind.names.suggest(name)
                yield self._problem(
                    kind.template,
                    campaign,
                    kind.field,
                    (near,) if near else (),
                    name=name,
                    noun=kind.noun,
                    hint=did_you_mean(near),
                )

    def missing_lists(self, campaign: Campaign) -> Iterator[Problem]:
        """An error for each contact list that the account does not have."""
        for name in campaign.contact_lists:
            # A DNC list among the contact lists has an error of its own, which says more.
            if name_key(name) not in self._lists and name_key(name) not in self._dnc_lists:
                near = self._list_names.suggest(name)
                yield self._problem(
                    messages.LIST_MISSING,
                    campaign,
                    "contact_lists",
                    _with_other(campaign.contact_lists, name, near) if near else (),
                    name=name,
                    hint=did_you_mean(near),
                )

    def _warn_of_lists(self, campaign: Campaign) -> Iterator[Problem]:
        for name in campaign.contact_lists:
            entry = self._lists.get(name_key(name))
            if name_key(name) in self._dnc_lists:
                proposals = _with_other(campaign.contact_lists, name, None)
                yield self._problem(messages.LIST_IS_DNC, campaign, "contact_lists", proposals, name=name)
            elif entry and entry.status and name_key(entry.status) not in READY_STATUSES:
                yield self._problem(
                    messages.LIST_NOT_READY, campaign, "contact_lists", name=name, status=entry.status
                )
            # The service fills such lists while the campaign runs, so 0 contacts are normal there.
            elif entry and entry.record_count == 0 and not entry.is_fed_by_api:
                yield self._problem(messages.LIST_WITHOUT_CONTACTS, campaign, "contact_lists", name=name)

    def shared_lists(self, campaigns: Sequence[Campaign]) -> Iterator[Problem]:
        """One warning for each contact list through which the same people may be called twice."""
        users: defaultdict[str, list[Campaign]] = defaultdict(list)
        for campaign in campaigns:
            for key in {name_key(name): None for name in campaign.contact_lists}:
                users[key].append(campaign)
        own = {name_key(campaign.name) for campaign in campaigns} | {
            campaign.campaign_id for campaign in campaigns
        }
        others = {
            name_key(name): campaign.name
            for campaign in self._unfinished
            # A row that updates or repeats this campaign does not call anybody a second time.
            if campaign.campaign_id not in own and name_key(campaign.name) not in own
            for name in campaign.contact_lists or ()
        }
        for key, rows in users.items():
            name = next(name for name in rows[0].contact_lists if name_key(name) == key)
            if len(rows) > 1:
                letter = self._sheet.letters[_HEADINGS["contact_lists"]]
                numbers = [row.row for row in rows]
                places = row_reference(numbers, len(numbers), column=letter)
                yield self._problem(messages.LIST_SHARED, rows[0], "contact_lists", name=name, rows=places)
            elif key in others:
                yield self._problem(
                    messages.LIST_IN_CAMPAIGN, rows[0], "contact_lists", name=name, other=others[key]
                )

    def _problem(
        self,
        template: MessageTemplate,
        campaign: Campaign,
        field: str,
        proposals: tuple[str, ...] = (),
        **values: object,
    ) -> Problem:
        heading = _HEADINGS[field]
        cell: Any = self._sheet.frame.at[campaign.row, heading]
        return template.problem(
            sheet=self._sheet.name,
            row=campaign.row,
            column=self._sheet.letters[heading],
            heading=heading,
            value=display_value(cell),
            proposals=proposals,
            **values,
        )


def _with_other(names: Sequence[str], name: str, other: str | None) -> tuple[str, ...]:
    """The whole cell with another name in place of this one, or without it; nothing where it would be empty."""
    parts = [other if one == name else one for one in names]
    text = "; ".join(part for part in parts if part)
    return (text,) if text and (other or len(names) > 1) else ()
