"""Track: what was sold against the quotas in force, at every node and period."""
