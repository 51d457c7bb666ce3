"""Several margins met at once, in whole units, or a refusal that is a proof."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from quotaloom.core.model.errors import Infeasible
from quotaloom.core.numeric.fit import fit
from quotaloom.core.numeric.margins import violations
from quotaloom.core.numeric.rake import rake
from tests.core.numeric.raking import dense_cases, sparse_cases
from tests.support.counts import examples
from tests.support.oracle import exists, is_irreducible, margin_rows


def raked(case, **more):
    return rake(case.seed, case.margins, low=case.low, high=case.high, **more)


def keeps_every_law(case, cells):
    assert cells.dtype == np.int64
    assert violations(cells, case.margins) == []
    assert (cells >= case.least).all()
    assert (cells <= case.most).all()


def real_cells(case):
    """What the cells are before they are rounded."""
    held = case.least == case.most
    spent = np.where(held, case.least, 0)
    margins = [m.less(m.sums(spent)) for m in case.margins]
    free = [m.on(m.codes[~held]) for m in margins]
    done = fit(case.seed[~held], free, low=case.least[~held], high=case.most[~held])
    real = case.least.astype(float)
    real[~held] = done.cells
    return real


@pytest.mark.heavy
def test_a_dense_table_is_always_solved_and_its_cells_stay_near() -> None:
    near, all_cells, farthest = 0, 0, 0.0

    @settings(max_examples=examples(3000))
    @given(dense_cases())
    def law(case) -> None:
        nonlocal near, all_cells, farthest
        cells = raked(case)
        keeps_every_law(case, cells)
        away = np.abs(cells - real_cells(case))
        near, all_cells = near + int((away < 1).sum()), all_cells + len(away)
        farthest = max(farthest, float(away.max()))

    law()
    assert farthest < 2
    assert near >= 0.999 * all_cells


@pytest.mark.heavy
@settings(max_examples=examples(5000))
@given(sparse_cases())
def test_a_sparse_table_is_solved_exactly_where_whole_cells_exist(case) -> None:
    rows = margin_rows(case.margins)
    try:
        keeps_every_law(case, raked(case))
    except Infeasible as refusal:
        (finding,) = refusal.findings
        assert not exists(list(rows.values()), case.least, case.most)
        named = [rows[name] for name in finding.subject.split("、")]
        whole = finding.code == "rake.no_whole_solution"
        assert is_irreducible(named, case.least, case.most, whole=whole)
        assert whole or finding.code == "rake.conflict"
        assert exists(list(rows.values()), case.least, case.most, whole=False) == whole
