"""Facts in, through the browser and by programs: uploads, batches, and names to be resolved."""
