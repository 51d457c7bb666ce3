"""Plans: from a file to a page that explains every number."""
