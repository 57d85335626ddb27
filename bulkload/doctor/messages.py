"""The words of the doctor, besides those of the rooms whose errors it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.messages import MessageTemplate

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSIONS = MessageTemplate(
    "versions",
    "bulkload {bulkload}, Python {python}, {system}",
    example={"bulkload": "0.1.0", "python": "3.11.7", "system": "Linux 6.1"},
)
SETTING = MessageTemplate(
    "setting-source",
    "{name} is {value}, from {source}",
    example={"name": "host", "value": "https://platform.kore.ai", "source": "the environment"},
)

# --- this computer -------------------------------------------------------------------------------------

FOLDER_USABLE = MessageTemplate(
    "state-folder-usable",
    "{path}: {size}, {free} free",
    example={"path": "/home/dana/.local/state/bulkload", "size": "3 MB", "free": "40 GB"},
)
FOLDER_NOT_WRITABLE = MessageTemplate(
    "state-folder-not-writable",
    "Nothing can be written in {path} ({reason}).",
    "Give yourself rights there, or choose another folder with {setting:state_dir}.",
    example={"path": "/srv/state", "reason": "Permission denied"},
)
FOLDER_NOT_PRIVATE = MessageTemplate(
    "state-folder-not-private",
    "Other users of this computer can read {path}, which contains your workbooks.",
    "Make it private: chmod 700 {path}",
    example={"path": "/srv/state"},
)
DISK_NOT_LOCAL = MessageTemplate(
    "state-folder-not-local",
    "{path} is on a network or synced disk ({kind}), where the journal of your runs can break.",
    "Choose a folder on this computer with {setting:state_dir}.",
    example={"path": "/mnt/share/state", "kind": "nfs4"},
)
DISK_FULL = MessageTemplate(
    "state-folder-full",
    "The disk of {path} has only {free} left.",
    "Make room there: a run stops when nothing can be written.",
    example={"path": "/srv/state", "free": "3 MB"},
)
JOURNALS = MessageTemplate("journals-readable", "{count} readable", example={"count": "2 journals"})
UNFINISHED = MessageTemplate(
    "runs-unfinished",
    "Run {run} of {workbook} is not finished.",
    "To finish it: {resume:{run}}",
    example={"run": "20261121-104205-7c", "workbook": "december.xlsx"},
)

# --- the way to the service ----------------------------------------------------------------------------

PROXY = MessageTemplate(
    "proxy-used",
    "{proxy}, from {source}",
    example={"proxy": "proxy.example.com:8080", "source": "HTTPS_PROXY"},
)
NO_PROXY = MessageTemplate("proxy-none", "none")
REACHED = MessageTemplate("server-reached", "{host} answers", example={"host": "https://platform.kore.ai"})
SECURE = MessageTemplate("certificate-accepted", "accepted")
NOT_ENCRYPTED = MessageTemplate("no-certificate-needed", "not needed for a service on this computer")
CLOCK_RIGHT = MessageTemplate("clock-right", "no difference to the service's clock seen")
CLOCK_OFF = MessageTemplate(
    "clock-off",
    "This computer's clock is about {minutes} {direction} the service's clock.",
    "Set this computer's clock.",
    example={"minutes": "5 minutes", "direction": "ahead of"},
)

# --- the account ---------------------------------------------------------------------------------------

ACCEPTED = MessageTemplate("credentials-accepted", "accepted")
ALLOWED = MessageTemplate("campaigns-allowed", "the app may manage campaigns")
LISTED = MessageTemplate(
    "campaigns-listed", "{count}", example={"count": "120 campaigns in this application"}
)
CONTACT_LISTS = MessageTemplate("contact-lists-read", "{count}", example={"count": "9 contact lists"})
CONTACT_LISTS_UNREADABLE = MessageTemplate(
    "contact-lists-unreadable",
    "The service does not show all contact lists, so their names are checked only when a campaign is sent.",
    "No action needed, but check the names yourself.",
)
QUEUES = MessageTemplate("queues-read", "{count}", example={"count": "4 queues"})
QUEUES_UNREADABLE = MessageTemplate(
    "queues-unreadable",
    "The app may not read all queues, so their names are checked only when a campaign is sent.",
    'Add the scope "Configuration" to the app at Kore.ai and publish it.',
)
SWITCHED_OFF = MessageTemplate(
    "campaigns-switched-off",
    "The service refuses campaigns for this account ({said}).",
    "Ask Kore.ai's support to switch them on; they exist in the regions US and Japan.",
    example={"said": '"Campaigns are not enabled for this account"'},
)
LIMIT_FREE = MessageTemplate("rate-limit-free", "not reached")
LIMIT_REACHED = MessageTemplate(
    "rate-limit-reached",
    "Other programs use all requests of this account's minute.",
    "Wait a minute and try again, or lower {setting:rate}.",
)
NOT_CHECKED = MessageTemplate("not-checked", "not checked, because of the fault above")

CATALOGUE: Mapping[str, MessageTemplate] = {
    template.code: template for template in list(globals().values()) if isinstance(template, MessageTemplate)
}
"""Every message of this room by its code."""
