"""bulkload turns an Excel workbook into outbound voice campaigns on Kore.ai's contact center.

A row passes through these rooms: ``workbook`` reads it, ``rules`` validate it, ``kore`` makes its JSON and talks to
the service, ``run`` plans and sends it exactly once, ``workbook`` writes the results. ``checking``, ``flow`` and
``run_reports`` join them, ``cli`` is the command line, and ``sandbox`` is a pretend Kore.ai.
Nothing is imported here, so that ``bulkload --help`` is instant.
"""
