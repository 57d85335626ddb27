"""One submission from start to finish: journal, submit, settle, audit.

A row is never created twice, no row is ever lost, and nothing that the server did goes unreported.
"""
