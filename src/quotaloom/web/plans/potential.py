"""The potential behind a plan: the weights that it was decomposed by, where it was given any."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotaloom.core.model.decomposition import Decomposition
    from quotaloom.web.plans.selectors import Seen


def potential_size(seen: Seen, one: Decomposition) -> int | None:
    """How many parts of a row's basis are 1 of the weights file; None where history is the basis.

    None too for a measure of which the weights say nothing.
    """
    is_given = bool(one.parameters.get("weights")) and seen.figures.key[0] == seen.plan.measure
    return 10**one.basis_scale if is_given else None
