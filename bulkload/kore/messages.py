"""What the service, the network or a setting did to stop a run, in the words of people.

What the service itself said is only ever a value, cleaned and cut by ``decode``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.messages import MessageTemplate

if TYPE_CHECKING:
    from collections.abc import Mapping

_SAID = ' ("Not today")'

# --- settings ------------------------------------------------------------------------------------------

ID_UNUSABLE = MessageTemplate(
    "id-with-odd-characters",
    "{setting:{name}} is {typed}, which contains characters that no ID has.",
    "Copy it again.",
    example={"name": "app_id", "typed": "'st-1 2'"},
)
SECRET_UNUSABLE = MessageTemplate(
    "client-secret-unusable",
    "{setting:client_secret} can't be a Client Secret.",
    "Copy it again from the app's page at Kore.ai, without line breaks or other additions.",
)
HOST_UNUSABLE = MessageTemplate(
    "host-no-address",
    "{setting:host} is {typed}, which is not an address of a server.",
    "Give the server alone, such as https://platform.kore.ai.",
    example={"typed": "'https://[::1'"},
)
PROXY_UNUSABLE = MessageTemplate(
    "proxy-unusable",
    "The proxy that {source} names can't be used.",
    "Give an address such as http://proxy.example.com:8080, or remove the variable.",
    example={"source": "HTTPS_PROXY"},
)
CERTIFICATES_UNREADABLE = MessageTemplate(
    "certificates-unreadable",
    "SSL_CERT_FILE or SSL_CERT_DIR does not lead to certificates that can be read.",
    "Correct the variable, or remove it if your network needs no certificate of its own.",
)

# --- no way to the service -----------------------------------------------------------------------------

ONLINE = "Check that this computer is online and that {setting:host} is right, then try again."
LATER = "Try again. If it goes on, ask your network's administrator or look at Kore.ai's status page."
_PROXY = "Check {source} and whether the proxy is running, or ask your network's administrator."


def _unreachable(code: str, clause: str, fix: str) -> MessageTemplate:
    text = "{host} could not be reached: " + clause + "."
    return MessageTemplate(
        code,
        text,
        fix,
        example={"host": "https://platform.kore.ai", "proxy": "proxy.example:8080", "source": "HTTPS_PROXY"},
    )


UNKNOWN_SERVER = _unreachable("unknown-server", "the network knows no server of that name", ONLINE)
CONNECTION_REFUSED = _unreachable("connection-refused", "the service refused the connection", ONLINE)
NO_CONNECTION = _unreachable("no-connection", "no connection could be made", ONLINE)
NO_CONNECTION_IN_TIME = _unreachable("no-connection-in-time", "no connection could be made in time", LATER)
NO_ANSWER_IN_TIME = _unreachable("no-answer-in-time", "no answer came in time", LATER)
CONNECTION_BROKE = _unreachable(
    "connection-broke", "the connection broke before the answer was complete", LATER
)
PROXY_REFUSED = _unreachable(
    "proxy-refused",
    "the proxy {proxy} refused the connection",
    "Check {source}, and whether the proxy asks for a name and password.",
)
PROXY_UNKNOWN = _unreachable("proxy-unknown", "the network knows no proxy {proxy}", _PROXY)
PROXY_NOT_ANSWERING = _unreachable(
    "proxy-not-answering", "no connection to the proxy {proxy} could be made", _PROXY
)
CERTIFICATE_UNTRUSTED = _unreachable(
    "certificate-untrusted",
    "the certificate of the service is not trusted",
    "Check {setting:host}. If your office inspects secure connections, set SSL_CERT_FILE to a file with the "
    "office's certificate.",
)
CERTIFICATE_NOT_YET_VALID = _unreachable(
    "certificate-not-yet-valid",
    "the certificate of the service is not valid yet",
    "Set this computer's clock: it is probably behind.",
)
CERTIFICATE_EXPIRED = _unreachable(
    "certificate-expired",
    "the certificate of the service has expired",
    "Check this computer's clock. If it is right, tell Kore.ai's support.",
)
CERTIFICATE_OF_ANOTHER = _unreachable(
    "certificate-of-another-server",
    "the certificate belongs to another server",
    "Check {setting:host}: its spelling, and whether the network leads somewhere else.",
)
TLS_FAILED = _unreachable(
    "tls-failed",
    "no secure connection could be agreed on",
    "Check {setting:host}, its port too if you gave one.",
)

# --- access --------------------------------------------------------------------------------------------

_CHECK_CREDENTIALS = (
    "Check {setting:client_id}, {setting:client_secret}, {setting:app_id} and {setting:account_id} "
    "against the app's page at Kore.ai."
)
CREDENTIALS_REFUSED = MessageTemplate(
    "credentials-refused",
    "The service does not accept the credentials{said}.",
    _CHECK_CREDENTIALS,
    example={"said": _SAID},
)
CLOCK_WRONG = MessageTemplate(
    "clock-wrong",
    "The service does not accept the credentials{said}. This computer's clock is about {minutes} {direction} the "
    "service's clock.",
    "Set this computer's clock, then try again.",
    example={"said": _SAID, "minutes": "5 minutes", "direction": "ahead of"},
)
CLOCK_DOUBTFUL = MessageTemplate(
    "clock-doubtful",
    "The service does not accept the credentials{said}. This computer's clock may be wrong.",
    "Check this computer's clock. If it is right: " + _CHECK_CREDENTIALS,
    example={"said": ' ("jwt expired")'},
)
SCOPE_MISSING = MessageTemplate(
    "scope-missing",
    "The app may not manage campaigns{said}.",
    'Add the scope "Campaign Management" to the app at Kore.ai and publish it.',
    example={"said": _SAID},
)
FORBIDDEN = MessageTemplate(
    "forbidden",
    "The service forbids this{said}.",
    "Check that {setting:account_id} and {setting:app_id} belong together, and that the app has the published "
    'scope "Campaign Management". A firewall on the way can be the reason too.',
    example={"said": _SAID},
)
REDIRECTED = MessageTemplate(
    "redirected",
    "The service redirects to {target}. This is not followed, because that address would get the credentials.",
    "Check {setting:host}: it must be the address of the service itself.",
    example={"target": "login.example.com"},
)
SIGN_IN_PAGE = MessageTemplate(
    "sign-in-page",
    "A page to sign in on answered instead of the service{said}.",
    "Check {setting:host}, and whether this network asks you to sign in first.",
    example={"said": _SAID},
)
LIMIT_REACHED = MessageTemplate(
    "rate-limit-never-free",
    "The account's rate limit was reached {count} times in a row, although each time we waited.",
    "Other programs seem to use all of it. Try again later, or lower {setting:rate}.",
    example={"count": 20},
)

# --- the list of campaigns -----------------------------------------------------------------------------

_COULD_DOUBLE = (
    "A campaign that it lacks could be created a second time, so nothing was sent because of it. Try again later; "
    "if it stays so, tell Kore.ai's support."
)
LISTING_REFUSED = MessageTemplate(
    "listing-refused",
    "The service refused to show the list of campaigns: {words}",
    "Check {setting:host}, {setting:app_id} and {setting:account_id}. Campaigns exist only in the US and Japan "
    "regions, once Kore.ai's support has switched them on.",
    example={"words": "No such app."},
)
LISTING_NOT_SHOWN = MessageTemplate(
    "listing-not-shown",
    "The service did not show the list of campaigns: {reason}.",
    "Check that {setting:host} is the address of Kore.ai's platform. If it is, try again later.",
    example={"reason": "no answer came in time"},
)
LISTING_CHANGED = MessageTemplate(
    "listing-changed",
    "The list of campaigns changed each of the {count} times it was read.",
    "Another person or program creates or deletes campaigns in this application. Try again when they have finished.",
    example={"count": 5},
)
LISTING_UNRELIABLE = MessageTemplate(
    "listing-unreliable",
    "The list of campaigns could not be read as a whole: {sign}, each time it was read.",
    _COULD_DOUBLE,
    example={"sign": "it shows 50 of its 200 campaigns"},
)
LISTING_ENDLESS = MessageTemplate(
    "listing-endless",
    "The list of campaigns has no end: {limit} were read.",
    "Tell Kore.ai's support.",
    example={"limit": "2,000 pages"},
)

CATALOGUE: Mapping[str, MessageTemplate] = {
    template.code: template for template in list(globals().values()) if isinstance(template, MessageTemplate)
}
"""Every message of this room by its code."""
