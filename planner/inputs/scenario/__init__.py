"""The scenario file: its schema, its reading, its reference."""
