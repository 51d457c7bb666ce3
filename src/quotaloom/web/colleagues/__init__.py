"""The others at a plan: where they are, and what they say about its figures."""
