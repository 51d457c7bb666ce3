"""Settings, addresses, and how the application starts."""
