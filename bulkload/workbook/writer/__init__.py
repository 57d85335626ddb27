"""What template and results share: how cells look, how they leave unchanged, how a file appears whole.

xlsxwriter writes, with nothing to lose: openpyxl turns text that begins with ``=`` into a live formula.
"""
