"""Verbs about facts."""
