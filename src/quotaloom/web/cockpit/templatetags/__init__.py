"""Filters of the cockpit."""
