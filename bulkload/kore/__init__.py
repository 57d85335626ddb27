"""The service as we see it: payload, auth, pace, exchange, replies, client.

Everything that is known of Kore.ai's campaign API stands here and nowhere else. One place turns an answer or
a network error into what-next (``replies``). Redirects are never followed: one would hand the ``auth`` header
to another host.

Refused: a retry library around a create, for sending again by itself is what makes doubles; connections kept
open, for an idle one that the server closes at the same moment leaves a create in doubt; HTTP/2, which shares
one connection between requests; a leaky bucket as the pace, which lets 119 requests through in the first minute.
"""
