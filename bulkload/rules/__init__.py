"""What a good campaign is: cells become typed values, pandera judges them, and every trouble has its words.

Parsing is ours, because pandera's ``coerce=True`` makes 'FALSE' True and 5.7 into 5; pandera checks values
that are already typed, lazily, so that a person sees every problem of every row at once.

``judge`` is the door. ``parse`` reads each different cell once, by its kind (``times``, ``days``, ``zones``,
``callers``, ``texts``, ``choices``, ``whole_numbers``); ``fitting``, ``campaign_rules`` and ``hours_rules`` say
what typed values must fulfil; ``verdicts`` has pandera apply them; ``tables`` turns what was found into problems,
in the wordings of ``words``.
"""
