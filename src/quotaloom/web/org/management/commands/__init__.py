"""Verbs of the organisation and of access."""
