"""Convert other people's lists into our workbook by a map that people edit and keep. Nothing is sent.

What the map does not say is left empty and marked. Nothing is guessed, because the dangerous values (hours, zones,
attempts) mean different things in different systems.
"""

from bulkload.converting.conversion import Conversion
from bulkload.converting.convert import convert, default_map, upgrade

__all__ = ["Conversion", "convert", "default_map", "upgrade"]
