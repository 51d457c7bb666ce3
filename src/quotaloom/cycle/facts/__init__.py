"""Facts in: files become batches of a dataset, and batches are taken back."""
