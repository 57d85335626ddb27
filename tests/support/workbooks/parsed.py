"""Parsed cells compared by their value and finding; their proposals have tests of their own."""

from __future__ import annotations

from dataclasses import replace


def unproposed(parsed):
    """The parsed cell without its proposals."""
    return replace(parsed, proposals=())
