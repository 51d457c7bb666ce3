"""Measures by name: the dictionary of the house, one's own, and their figures."""
