"""A person's file in: a bounded look at its bytes first, then two sheets of untouched cells.

``read`` is the door. ``inspect`` looks at the zip directory and the XML before any library opens the file,
because calamine takes the whole process down at a far cell and loses errors; what it lets through is written
anew in plain form, and calamine reads that into pandas. ``complaints`` has the words for everything that can
be wrong with a file or its layout.
"""
