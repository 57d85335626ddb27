"""bulkload turns an Excel workbook into outbound voice campaigns on Kore.ai's contact center.

The rooms, in the order in which a row passes through them: ``workbook`` (Excel in), ``rules`` (what a good
campaign is), ``api`` (the service as we see it), ``run`` (one submission from start to finish), ``workbook``
again (Excel out). ``pipeline`` joins them, ``cli`` gives them words; ``sandbox`` is a pretend Kore.ai.
Nothing is imported here, so that ``bulkload --help`` is instant.
"""
