"""Who did what and when, chained so that tampering shows."""
