"""A pretend Kore.ai on 127.0.0.1, written from the documents alone.

It imports nothing of ours, so that it can catch our mistakes: it checks signatures with the standard library,
not with PyJWT, and knows the body's keys from the documents, not from ``workbook.columns``.
"""
