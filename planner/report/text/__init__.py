"""Answers as sentences and tables, for any medium."""
