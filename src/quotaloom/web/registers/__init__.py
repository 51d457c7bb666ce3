"""Registers: records that people keep one by one, and the facts that are published of them."""
