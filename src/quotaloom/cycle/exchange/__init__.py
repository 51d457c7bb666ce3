"""Tables of a living plan that leave the house, are edited elsewhere, and come back."""
