"""A pretend Kore.ai on 127.0.0.1, written from the documents alone.

It imports nothing of ours, so that it can catch our mistakes: it checks signatures with the standard library,
not with PyJWT, and knows the body's keys from the documents, not from ``workbook.columns``.

A request passes ``app`` (addresses), ``service`` (rate, faults, log), ``checks`` (who asks, and how),
``documents`` (the body), ``operations`` (the effect) and ``answers`` (the words); ``account`` and ``log`` keep
what happened, ``wire`` breaks answers, ``server`` runs it all. Faults strike inside the server, on its own
sockets: a proxy in between was refused, for it cannot know whether the effect has happened.
"""
