"""Tags of the registers' pages."""
