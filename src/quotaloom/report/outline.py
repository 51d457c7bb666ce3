"""The numbers of a tree in outline, as a work breakdown bears them: 1, 1.1, 1.2, 1.2.1."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def outline(depths: Iterable[int]) -> Iterator[str]:
    """The number of each node of a tree, each before those below it, by its depth from 0 on.

    A depth is at most one more than that of the node before.
    """
    places: list[int] = []
    for depth in depths:
        places = [*places[: depth + 1], *[0] * (depth + 1 - len(places))]
        places[depth] += 1
        yield ".".join(map(str, places))
