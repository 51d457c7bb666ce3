"""quotaloom import, batches, undo: facts in, what came when, and a batch taken back."""
