"""Every message of a run about a row, about its end, and while it goes on; ``CATALOGUE`` has them by their codes.

The journal keeps a message's code and values. What the service said and what people typed are values, never
templates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.messages import QUOTED, MessageTemplate
from bulkload.run.messages import ended, journal, planned, sent

if TYPE_CHECKING:
    from collections.abc import Mapping

CATALOGUE: Mapping[str, MessageTemplate] = {
    template.code: template
    for template in (
        QUOTED,
        *(
            value
            for module in (planned, sent, ended, journal)
            for value in vars(module).values()
            if isinstance(value, MessageTemplate)
        ),
    )
}
"""Every template of this room by its code, and the one of sentences that older journals kept."""
