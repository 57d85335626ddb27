"""Pages and answers: templates filled in, JSON, and errors in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, JSONResponse

from bulkload.web.messages.labels import LABELS
from bulkload.web.messages.wording import page_marks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from bulkload.messages import Message

_templates = Environment(
    loader=PackageLoader("bulkload.web"),
    autoescape=True,  # what people or the service wrote is never markup
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(template: str, status: int = 200, /, **values: Any) -> Response:
    """One page; ``values`` fill its template."""
    return HTMLResponse(_templates.get_template(template).render(labels=LABELS, **values), status)


def error_page(message: Message, status: int, *, base: str = "", again: str = "") -> Response:
    """A page with nothing but words. ``base``: where the page's addresses begin; ``again``: where a button leads."""
    text, fix = message.render(page_marks)
    return page("message.html", status, headline=text, rest=fix, base=base, again=again)


def error_json(message: Message, status: int, **more: Any) -> Response:
    """``{error, fix}``: what every endpoint answers where it can't do what was asked."""
    text, fix = message.render(page_marks)
    return JSONResponse({"error": text, "fix": fix, **more}, status)


def wants_page(request: Request) -> bool:
    """Whether a person's browser asks for a page, and not one of our scripts for data."""
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")


def as_data(value: Mapping[str, Any]) -> str:
    """JSON for a ``data-`` attribute, which the page's script reads; the page itself has no script."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
