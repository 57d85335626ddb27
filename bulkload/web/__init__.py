"""The page in the browser: the whole job for people who do not live in a terminal.

Server-rendered pages (starlette and jinja2), small ES modules of our own and server-sent events. A page
framework and a grid library were refused: each brings inline scripts, a content network or a build step. The page
works under a strict Content-Security-Policy and without any network.

The room is one more caller of ``checking``, ``editing``, ``flow`` and ``run_reports``. It knows no HTTP client, no
SQLite and no Excel. ``server`` is its door; only the command ``open`` imports it.
"""
