"""The scheme in a workbook: sheets and columns instead of keys, the same tree of values."""
