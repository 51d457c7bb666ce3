"""The verbs of the year: the Python API."""
