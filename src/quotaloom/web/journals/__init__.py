"""The journals of living plans, in the database."""
