"""Pages of a list."""

from __future__ import annotations

from ninja import Schema
from pydantic import Field

MOST, FARTHEST = 200, 1_000_000


class Page(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(50, ge=1, le=MOST)
    offset: int = Field(0, ge=0, le=FARTHEST)
