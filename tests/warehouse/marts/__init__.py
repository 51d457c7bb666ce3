"""Sums kept beside facts."""
