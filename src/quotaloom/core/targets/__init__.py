"""What the number should be: the three-level growth formulas."""
