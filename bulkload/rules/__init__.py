"""What a good campaign is: cells become typed values, pandera judges them, and every trouble has its words.

Parsing is ours, because pandera's ``coerce=True`` makes 'FALSE' True and 5.7 into 5; pandera checks values
that are already typed, lazily, so that a person sees every problem of every row at once.
"""
