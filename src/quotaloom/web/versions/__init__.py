"""Versions of a plan: scenarios beside it, editions of it, and what makes them differ."""
