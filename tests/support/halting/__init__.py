"""A worker that stops at a given statement of its writing and waits to be killed."""
