"""The Django application: people, permission, pages."""
