"""An edit as JSON is the edit that its text in the grammar says."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from quotaloom.core.allocation.journal.plan import PlanMeasure
from quotaloom.cycle.plan.typed import measures
from quotaloom.planfile.digest import digest
from quotaloom.planfile.grammar import WORDS, read_edits, write_edit
from quotaloom.web.api.edit_made import Making
from quotaloom.web.api.edit_schema import CellIn, EditIn, MemberIn, RuleIn
from tests.core.allocation.journal.plans import PRODUCTS, SEATS, plan_of
from tests.support.counts import examples

MEASURES = {
    "booked": PlanMeasure("booked"),
    "开票": PlanMeasure("开票", unit=1_000_000),
    "heads": PlanMeasure("heads", "distinct", unit=1, is_money=False),
}
PLAN = plan_of([1] * 40, measures=MEASURES)
READ = TypeAdapter(EditIn)

regions = st.sampled_from([*SEATS, *set(SEATS.values())])
names = st.one_of(
    st.sampled_from(["华东：沿海", "#1", "- x", '"', "*", "10%", " "]),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=8),
)
days = st.dates(date(1900, 1, 1), date(2999, 1, 1)).map(date.isoformat)
figures = st.integers(-(10**9), 10**9).map(lambda one: f"{one}.00")
amounts = st.one_of(figures, st.integers(-(10**6), 10**6).map(lambda one: one * 10**6))
weights = st.decimals(0, 10**6, allow_nan=False, places=3).map(str)
rates = st.decimals(-100, 100, allow_nan=False, places=4).map(lambda one: f"{one}%")


def some(one, least=0):
    return st.lists(one, min_size=least, max_size=3)


def body(verb, optional=(), **needed):
    """A body of a verb; what is optional is sometimes left out."""
    given_too = {key: needed.pop(key) for key in optional}
    return st.fixed_dictionaries({"verb": st.just(verb)} | needed, optional=given_too)


def slices(codes):
    found = {
        "members": st.fixed_dictionaries(
            {}, optional={"seat": regions, "product": st.sampled_from(PRODUCTS)}
        ),
        "period": st.sampled_from(["", "2027Q1", "2027H2", "2027"]),
        "measure": st.sampled_from(codes),
        "layer": st.sampled_from(["", "issued", "submitted"]),
    }
    return st.fixed_dictionaries({}, optional=found)


places = slices(["", *MEASURES])
money = slices(["", "booked"])
methods = st.fixed_dictionaries(
    {"name": st.sampled_from(["equal", "blend", "growth"])},
    optional={
        "operation": st.sampled_from(["replace", "add"]),
        "scope": st.sampled_from(["all", "populated"]),
        "on_zero": st.sampled_from(["equal", "refuse"]),
        "references": some(places),
        "figures": some(names),
        "weights": some(weights),
        "rate": rates,
        "end": figures,
        "place": st.sampled_from(["first", "last"]),
    },
)
wishes = some(st.fixed_dictionaries({"at": money, "amount": amounts}), 1)
member = {"axis": st.just("seat"), "member": regions, "from": days}
part = st.fixed_dictionaries({"member": names, "weight": weights}, optional={"name": names})
BODIES = {
    "set": body(
        "set",
        ("method", "keep", "exclude"),
        wishes=wishes,
        method=methods,
        keep=st.sampled_from(["roll_up", "hold_parent"]),
        exclude=some(places),
    ),
    "spread": body("spread", ("at", "amount"), at=money, amount=amounts, method=methods),
    "scale": body("scale", ("at",), at=places, rate=rates),
    "fix": body("fix", ("within",), wishes=wishes, within=places),
    "calibrate": body(
        "calibrate", at=places, reference=places, along=some(st.sampled_from(["*", "region"]), 1)
    ),
    "reconcile": body(
        "reconcile", ("weights",), at=places, references=some(places, 1), weights=some(weights)
    ),
    "bound": body("bound", ("low", "high"), at=money, low=amounts, high=amounts),
    "hold": body("hold", ("kind", "until"), at=places, kind=st.just("total"), until=days),
    "release": body("release", edit=st.integers(0, 10**9)),
    "revert": body("revert", edit=st.integers(0, 10**9)),
    "note": body("note", at=places, text=st.text(min_size=1, max_size=20)),
    "elapse": body("elapse", period=names),
    "open": body(
        "open", ("parent", "name", "like"), **member, parent=regions, name=names, like=regions
    ),
    "close": body("close", ("to",), **member, to=regions),
    "move": body("move", **member, parent=st.none() | regions),
    "rename": body("rename", **member, name=names),
    "split": body("split", **member, into=some(part, 2)),
    "merge": body(
        "merge",
        ("name",),
        axis=member["axis"],
        members=some(regions, 1),
        into=names,
        name=names,
        **{"from": days},
    ),
} | {step: body(step, ("at",), at=places) for step in ("submit", "accept", "return")}


def test_every_verb_that_a_program_may_say_has_a_body():
    bodies = [get_args(one) for one in (CellIn, RuleIn, MemberIn)]
    said = {
        verb
        for group in bodies
        for one in group
        for verb in get_args(one.model_fields["verb"].annotation)
    }
    assert said == set(BODIES) == set(WORDS) - {"edition"}


@pytest.mark.parametrize("verb", BODIES)
def test_its_text_says_the_same_edit(verb):
    @settings(max_examples=examples(300), deadline=None)
    @given(BODIES[verb])
    def law(asked):
        texts = []
        making = Making(PLAN, "p-7", lambda text: texts.append(text) or digest(text.encode()))
        edit = making.edit(READ.validate_python(asked))
        text = write_edit(edit, measures(PLAN))
        assert read_edits(text, measures(PLAN)) == (edit,)
        assert texts == [asked[key] for key in ("text",) if verb == "note"]

    law()
