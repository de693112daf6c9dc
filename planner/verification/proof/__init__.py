"""A proof that no plan is better, checked without an engine: what is kept of it, and what it rests on."""
