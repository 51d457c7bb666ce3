"""How the tables of tokens came about."""
