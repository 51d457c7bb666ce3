"""Measures over engines."""
