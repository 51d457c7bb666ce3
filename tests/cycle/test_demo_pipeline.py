"""The demo company's deals: the same on every machine, and those of partners come as files."""

from __future__ import annotations

import pytest

from quotaloom.cycle.demo_company import build_company
from quotaloom.cycle.demo_company.pipeline import CRM, STAGES, deals, import_pipeline
from quotaloom.cycle.demo_company.year import KNOWN_UNTIL
from quotaloom.warehouse.batches.shelf import Shelf


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("company")
    build_company(found)
    return found


def test_nothing_is_known_that_lies_ahead(folder):
    found = deals(folder)
    assert found == deals(folder)
    assert max(one.steps[-1][0] for one in found) <= KNOWN_UNTIL
    assert {one.outcome for one in found} == {"", "赢单", "输单"}
    for one in found:
        assert tuple(stage for _, stage in one.steps) == STAGES[: len(one.steps)]
        assert (one.closed is None) == (one.outcome == "")
        assert bool(one.reason) == (one.outcome == "输单")
        assert one.person != "待招"


def test_deals_of_partners_are_imported_and_no_others(folder):
    shelf = Shelf(folder / "facts")
    import_pipeline(folder, shelf, author="x")
    partners = {one.number: one for one in deals(folder) if not one.is_direct}
    facts = shelf.facts("opportunities")
    assert set(facts["opportunity"]) == set(partners)
    assert facts["amount"].sum() == sum(one.amount for one in partners.values()) * 10_000
    assert {one.source for one in shelf.entries()} == {CRM}
    steps = sum(len(one.steps) for one in partners.values())
    assert shelf.facts("stage_changes").height == steps
