"""Measures: how each is told once, in a small language, and which figures may meet."""
