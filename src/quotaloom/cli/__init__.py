"""The quotaloom command, one module a verb."""
