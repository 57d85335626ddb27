"""Where each operation is asked for, in v1 and in v2 (the seeds; Kore.ai's API list for the reads).

``campaignType`` is always ``voice``: the v1 create pages say "sms" in their query table and the v2 update page
in its address. Both are misprints, because their samples say voice. v2 wants the account in the query and the header.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from bulkload.model import ApiVersion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.settings import Settings


@dataclass(frozen=True, slots=True)
class Address:
    """Method, path and query of one request."""

    method: str
    path: str
    """Percent-encoded, below the host."""
    query: Mapping[str, str]
    """Not yet encoded, in the samples' order."""


class Addresses:
    """The addresses of one application in one version: a row that was planned for v1 is resumed as v1."""

    def __init__(self, settings: Settings, version: ApiVersion) -> None:
        application = quote(settings.app_id, safe="")
        self._queues = f"/agentassist/api/v1/public/{application}/queues"
        if version is ApiVersion.V1:
            self._campaign = f"/agentassist/api/v1/public/{application}/campaign"
            self._account: dict[str, str] = {}
        else:
            self._campaign = f"/campaign/api/v2/public/{application}/campaign"
            self._account = {"accountId": settings.account_id}

    def create(self) -> Address:
        """Create a campaign."""
        return Address("POST", self._campaign, self._account | {"campaignType": "voice"})

    def update(self, campaign_id: str) -> Address:
        """Change a campaign. What a key left out means is not known, so every key of the mode is sent."""
        return Address("PUT", self._path_of(campaign_id), self._account | {"campaignType": "voice"})

    def delete(self, campaign_id: str) -> Address:
        """Delete a campaign."""
        return Address("DELETE", self._path_of(campaign_id), self._account | {"campaignType": "voice"})

    def get(self, campaign_id: str) -> Address:
        """One campaign's document."""
        return Address("GET", self._path_of(campaign_id), self._account)

    def _path_of(self, campaign_id: str) -> str:
        name = quote(campaign_id, safe="")
        if not name.strip("."):  # "." and ".." would lead to another address
            name = name.replace(".", "%2E")
        return f"{self._campaign}/{name}"

    def listing(self) -> Address:
        """A page of the account's campaigns."""
        return Address("POST", f"{self._campaign}/getAllCampaignDetails", self._account)

    def contact_lists(self, method: str) -> Address:
        """All contact lists; the page says POST, its sample would send GET."""
        path = f"{self._campaign}/contactList/getAllListDetails"
        return Address(method, path, self._account | {"type": "call"})

    def queues(self) -> Address:
        """The queues; only v1 has an address for them, and its paging parameters are not documented."""
        return Address("GET", self._queues, {})
