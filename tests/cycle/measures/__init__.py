"""The dictionary and its figures."""
