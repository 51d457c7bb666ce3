"""A living plan as a workbook that people edit, and what they send back."""
