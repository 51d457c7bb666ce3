"""A plan as cells that a list of edits made: slices, edits, what each writes, what it keeps."""
