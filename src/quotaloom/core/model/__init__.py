"""What things are: periods, hierarchies, money, measures, findings."""
