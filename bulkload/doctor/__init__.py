"""What is wrong with the settings, the network, the account or this computer: one line per thing, with its fix.

Reads only, at most six requests, and never waits for the rate limit. No line contains a secret.
"""

from bulkload.doctor.examine import examine
from bulkload.doctor.findings import Diagnosis, Finding, Verdict

__all__ = ["Diagnosis", "Finding", "Verdict", "examine"]
