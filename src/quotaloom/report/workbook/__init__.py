"""The workbook that a director opens."""
