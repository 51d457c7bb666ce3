"""From one total to every leaf: cascade, phasing, roster."""
