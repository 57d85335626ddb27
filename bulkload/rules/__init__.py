"""What a good campaign is: parse cells into typed values, check them with pandera, and say what is wrong.

Parsing is ours, because pandera's ``coerce=True`` makes 'FALSE' True and 5.7 into 5. pandera checks values that
are already typed, and all of them at once, so that people see every problem of every row in one go.

``validate.validate`` is the entry. ``parse`` reads each different cell once, by its kind (``kinds/``).
``column_rules``, ``campaign_rules``, ``hours_rules`` and ``hours_lint`` say what typed values must meet;
``pandera_checks`` applies them; ``typed_sheet`` turns findings into problems, in the words of ``messages/``.
``account`` compares the names of valid rows with those of the account.
"""
