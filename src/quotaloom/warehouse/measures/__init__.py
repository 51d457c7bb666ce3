"""Measures computed: formulas become queries that add up, and exact quotients of their sums."""
