"""One file per kind of cell: how its text becomes a typed value."""
