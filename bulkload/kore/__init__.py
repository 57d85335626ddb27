"""The service as we see it: bodies both ways, reading, writing, pace, and what each answer proves.

Everything that is known of Kore.ai's campaign API is here and nowhere else. One place turns an answer or a network
error into what-next (``replies``). Redirects are never followed: one would give the ``auth`` header to another host.

Not used: a retry library around a create, because sending again by itself makes duplicates. Kept connections,
because an idle one that the server closes at that moment leaves a create in doubt. HTTP/2, which shares one
connection between requests. A leaky bucket as the pace, because it lets 119 requests through in the first minute.
"""
