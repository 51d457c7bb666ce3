"""Members and trees with their dates, people, roles, and who may see which branch."""
