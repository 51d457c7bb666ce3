"""/api/v1: the same services and selectors for programs."""
