"""``python -m bulkload`` runs the same commands as ``bulkload``."""

from bulkload.cli import main

if __name__ == "__main__":
    main()
