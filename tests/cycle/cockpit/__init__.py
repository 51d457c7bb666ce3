"""Tests of the cockpit's modules."""
