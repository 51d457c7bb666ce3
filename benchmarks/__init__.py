"""How fast the house is beside its limits and its peers: ``python -m benchmarks``."""
