"""decompose: one number becomes a complete, exact, explained breakdown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

from quotaloom.core.allocation.cascade import cascade
from quotaloom.core.allocation.explain import check_cells
from quotaloom.core.model.decomposition import Decomposition, Margin
from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import Finding, error, info
from quotaloom.cycle.assembly import Basis, assemble_basis
from quotaloom.cycle.origin import with_origin
from quotaloom.cycle.outcome import derivations, last_years, leaf_frame, node_lines
from quotaloom.cycle.progress import silent
from quotaloom.cycle.request import DecomposeRequest, read_dimensions, refuse_unusable
from quotaloom.cycle.targets import read_wishes, refuse_unreadable, settle_total

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from quotaloom.core.allocation.cascade import Cascade
    from quotaloom.core.allocation.cube import Wish
    from quotaloom.cycle.progress import Progress
    from quotaloom.cycle.targets import Goal


@dataclass(frozen=True)
class Result:
    """What every verb answers: the leaves, what to know, and how it came."""

    frame: pl.DataFrame
    findings: tuple[Finding, ...]
    trace: Decomposition


def decompose(request: DecomposeRequest, *, progress: Progress = silent) -> Result:
    """Break the total down over all leaves; ``progress`` is told each stage as it begins.

    Raises UsageRefused for a request that cannot be read, DataRefused for data that cannot be
    used (with every error found), Infeasible where the wishes contradict each other.
    """
    try:
        return _decompose(request, progress)
    except DataRefused as refusal:
        raise DataRefused(with_origin(refusal.findings, request)) from refusal


def _decompose(request: DecomposeRequest, progress: Progress) -> Result:
    started = perf_counter()
    refuse_unusable(request)
    refuse_unreadable(request)
    dimensions = read_dimensions(request.by, request.tree)
    basis = assemble_basis(request, dimensions, progress)
    progress("spread", 0, 0)
    goal, said = settle_total(request, basis)
    wishes, echoed, caps = read_wishes(request, basis, goal)
    result = cascade(basis.cube, goal.units, wishes, caps=caps)
    _refuse_zero_basis(request, result)
    progress("check", 0, 0)
    trace = _trace(request, basis, goal, wishes, result, caps)
    findings = (*basis.findings, *said, *echoed, *result.findings, *_astray(result))
    seconds = perf_counter() - started
    done = _finished(trace, findings, seconds)
    return Result(done.leaves, done.findings, done)


def _refuse_zero_basis(request: DecomposeRequest, result: Cascade) -> None:
    opened = [f for f in result.findings if f.code == "allocate.zero_basis_opened"]
    if opened and request.on_zero_basis == "refuse":
        raise DataRefused([error("allocate.zero_basis_refused")])


def _astray(result: Cascade) -> list[Finding]:
    return [info("allocate.units_astray", units=result.astray)] if result.astray else []


def _trace(
    request: DecomposeRequest,
    basis: Basis,
    goal: Goal,
    wishes: list[Wish],
    result: Cascade,
    caps: NDArray[np.int64] | None,
) -> Decomposition:
    cube, cells = basis.cube, result.cells
    sums = node_lines(basis, cells)
    checks = check_cells(cube, cells, sums, wishes, goal.units, caps)
    broken = [check.code for check in checks if check.failed]
    if broken:
        raise AssertionError(f"a finished decomposition broke its own law: {broken}")
    unit = goal.unit
    return Decomposition(
        leaves=leaf_frame(basis, cells, unit),
        hierarchies=basis.hierarchies,
        label_of=basis.label_of,
        periods=cube.periods,
        rollups=cube.rollups,
        total=goal.units * unit,
        unit=unit,
        basis_scale=basis.scale,
        last_year=goal.last_year,
        node_last_year=last_years(sums, basis),
        margins=tuple(_margin(wish, cells, unit) for wish in wishes),
        checks=tuple(checks),
        derivations=tuple(derivations(basis, sums, wishes, unit)),
        findings=(),
        parameters=request.settings() | basis.about,
        seconds=0.0,
        tuple_last_year=basis.last_year,
    )


def _margin(wish: Wish, cells: NDArray[np.int64], unit: int) -> Margin:
    return Margin(
        wish.text,
        wish.kind,
        wish.low * unit if wish.low or wish.kind != "bound" else None,
        None if wish.high is None else wish.high * unit,
        wish.reached(cells) * unit,
    )


def _finished(trace: Decomposition, findings: tuple[Finding, ...], seconds: float) -> Decomposition:
    return replace(trace, findings=findings, seconds=seconds)
