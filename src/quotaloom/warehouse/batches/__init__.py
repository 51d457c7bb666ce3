"""What happened, as immutable batches of facts: committed whole, undone whole, never edited.

FACTS/log.jsonl                 one line a commit or undo; its number is the position of knowledge
      lock                      writers take turns
      booked/000001-3f9a…/      a batch of the dataset "booked": facts.parquet, read-only
"""
