"""A plan: its tables, its run folder, its figures."""
