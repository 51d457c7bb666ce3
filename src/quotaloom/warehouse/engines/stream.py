"""A result on its way from an engine to a frame."""

from __future__ import annotations


class Stream:
    """An Arrow stream for polars, which keeps the class that it reads from for good.

    It lies in a module of its own, so that what polars keeps does not hold the engine.
    """

    def __init__(self, capsule: object) -> None:
        self.capsule = capsule

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """What polars asks for."""
        del requested_schema
        return self.capsule
