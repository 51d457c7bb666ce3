"""Verbs of the audit."""
