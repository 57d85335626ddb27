"""One submission from start to finish: journal, submit, settle, audit.

A row is never created twice, no row is ever lost, and nothing that the server did goes unreported.

Taken: a journal in SQLite whose every step passes one state machine (``states``); the intent is durable at the
last moment before the first byte leaves (``submit``), after the wait for the pace and not before it, so that a
killed run leaves few rows in doubt and Ctrl-C need not wait for a closed gate. One listing serves settling,
verification and audit (``watch``).

Taken otherwise than a first reading of the rules suggests, each being safer: a row that is absent is looked up
once more in the listing with which a resume begins, before it is planned again; a row answered "rate limit"
that stands in the account all the same is adopted like one whose answer was lost; an update that may have been
done is sent again by a resume, for a PUT can be repeated; and the planning of a resume asks the other runs
too, so that two unfinished runs of one workbook can't both create a row.

Refused: a lock file whose existence is the lock (a killed run leaves it behind); threads (at one request a
second they buy nothing); asking one status for each campaign (the request budget is the scarce thing).
"""
