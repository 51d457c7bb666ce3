"""The kinds of facts that the house knows: their columns, keys and the headers offices write."""
