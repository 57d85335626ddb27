"""The service as we see it: payload, auth, pace, replies, client.

Everything that is known of Kore.ai's campaign API stands here and nowhere else. One place turns an answer or
a network error into what-next (``replies``). Redirects are never followed: one would hand the ``auth`` header
to another host.
"""
