"""A plan as text that people read, diff and keep in git: its head, its journal, its chain."""
