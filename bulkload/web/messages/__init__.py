"""What the page says: headlines, buttons, and its own names for what other front ends call commands."""

from bulkload.web.messages import door, workbooks

CATALOGUE = {**door.CATALOGUE, **workbooks.CATALOGUE}
"""Every message of the page that is more than a label, by its code."""
