"""The workbook of nominees."""
