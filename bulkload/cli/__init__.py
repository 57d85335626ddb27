"""Words in, words out: the only room that knows of a terminal, of click and of tqdm.

``main`` is the door: whatever happens behind it, a person gets sentences and a proper exit status, never a
traceback. The commands import what they need when they run, so that ``--help`` reads click alone.
"""

from bulkload.cli.main import main

__all__ = ["main"]
