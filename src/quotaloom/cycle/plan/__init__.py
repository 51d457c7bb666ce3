"""The verbs of a plan that lives: begin, open, edit, compare, branch, merge, release."""
