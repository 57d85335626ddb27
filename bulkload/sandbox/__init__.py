"""A pretend Kore.ai on 127.0.0.1, written from the documents alone.

It imports nothing of ours, so that it can find our mistakes. It checks signatures with the standard library, not
with PyJWT, and knows the keys of a body from the documents, not from ``bulkload.columns``.

The way of a request: ``app`` (addresses), ``service`` (rate, faults, log), ``checks`` (token, headers, query),
``documents`` (the body), ``operations`` (the effect), ``answers`` (the words). ``database`` and ``campaigns`` store
the account, and ``console`` changes it as a person does. On demand ``lies`` and ``distortions`` answer and store
wrongly, and ``broken_responses`` breaks answers on the wire. ``server`` runs all of it.

Faults happen inside the server, on its own sockets. A proxy in between was rejected, because a proxy cannot know
whether the effect has happened.
"""
