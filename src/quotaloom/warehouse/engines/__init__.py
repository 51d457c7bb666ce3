"""Engines that add up: one Ibis expression, the same whole numbers from each of them."""
