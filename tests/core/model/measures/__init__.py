"""Measures: what they are, how they are told, and what may be done with them."""
