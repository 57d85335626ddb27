"""Every sentence that a run says of a row: what happened, and what to do.

Each function returns both, for a row's trouble without its remedy helps nobody. Text of the service is data:
whoever shows it escapes it. The sentences stand in the order of a row's life: before it is sent, while it is
sent, after that, and at the end of the run.
"""
