"""Every message of the page that is more than a label, by its code."""

from bulkload.web.messages import accounts, door, looks, plans, runs, workbooks

CATALOGUE = {
    **accounts.CATALOGUE,
    **door.CATALOGUE,
    **looks.CATALOGUE,
    **plans.CATALOGUE,
    **runs.CATALOGUE,
    **workbooks.CATALOGUE,
}
