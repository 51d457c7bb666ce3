"""How far along everybody is: credit against the quota in force, and against the time gone by."""
