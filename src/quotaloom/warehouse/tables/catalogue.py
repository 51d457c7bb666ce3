"""All kinds of facts, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotaloom.warehouse.tables import chain, market, order, pipeline, team

if TYPE_CHECKING:
    from quotaloom.warehouse.tables.column import Kind

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (*order.KINDS, *chain.KINDS, *pipeline.KINDS, *market.KINDS, *team.KINDS)
}
