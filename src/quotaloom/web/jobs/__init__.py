"""Long work: a row with stage, n of N, cancel and outcome, run by the worker."""
