"""Verbs, one module a verb."""
