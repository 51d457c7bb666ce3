"""Hierarchies from columns and from parents, and what they refuse."""

from __future__ import annotations

import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.hierarchies import OWN, UNASSIGNED
from quotaloom.core.model.hierarchy_build import from_levels, from_parents, parents_of
from tests.support.counts import examples
from tests.support.shared import shared

LEVELS = ["大区", "省", "市"]


def refused(build):
    with pytest.raises(DataRefused) as caught:
        build()
    return [
        (finding.code, finding.subject, dict(finding.params)) for finding in caught.value.findings
    ]


def test_a_member_under_two_parents_is_refused_with_both_paths():
    rows = [("华东", "江苏", "南京"), ("华北", "江苏", "苏州"), ("华东", "浙江", "杭州")]
    assert refused(lambda: from_levels("地域", LEVELS, rows)) == [
        (
            "hierarchy.two_parents",
            "江苏",
            {"hierarchy": "地域", "first": "华东 > 江苏", "second": "华北 > 江苏"},
        )
    ]


def test_only_the_member_that_splits_is_named_and_not_those_below_it():
    rows = [("华东", "江苏", "南京"), ("华北", "江苏", "南京")]
    assert [subject for _, subject, _ in refused(lambda: from_levels("x", LEVELS, rows))] == [
        "江苏"
    ]


def test_all_faults_are_named_up_to_fifty_and_the_rest_counted():
    rows = [(region, str(code)) for code in range(60) for region in ("甲", "乙")]
    findings = refused(lambda: from_levels("x", ["a", "b"], rows))
    assert [code for code, _, _ in findings] == ["hierarchy.two_parents"] * 50 + [
        "hierarchy.more_refused"
    ]
    assert findings[-1][2] == {"count": 10}


def test_repeated_names_may_be_separate_members():
    rows = [("华东", "其他"), ("华北", "其他")]
    tree = from_levels("x", ["a", "b"], rows, repeated_names="separate")
    assert [tree.path(leaf) for leaf in tree.leaf_nodes] == rows
    assert len(tree.find("其他")) == 2
    assert len(tree.find("华东", "其他")) == 1


def test_unassigned_may_stand_under_every_parent():
    tree = from_levels("x", ["a", "b"], [("华东", None), ("华北", None), (None, None)])
    assert [tree.path(leaf) for leaf in tree.leaf_nodes] == [
        ("华东", UNASSIGNED),
        ("华北", UNASSIGNED),
        (UNASSIGNED, UNASSIGNED),
    ]


def test_a_member_below_two_unassigned_ones_has_two_parents():
    rows = [("华东", None, "南京"), ("华北", None, "南京")]
    ((code, subject, params),) = refused(lambda: from_levels("x", LEVELS, rows))
    assert (code, subject) == ("hierarchy.two_parents", "南京")
    assert params["second"] == "华北 > 未归属 > 南京"


def test_one_code_on_two_levels_is_two_members():
    assert from_levels("x", ["省", "市"], [("北京", "北京")]).codes == ("北京", "北京")


def test_codes_show_their_names_and_a_second_name_is_told():
    rows = pl.DataFrame({"code": ["1", "2", "1", "3"], "name": ["乙", "丙", "甲", None]})
    tree = from_levels("p", ["code"], rows, {"code": "name"})
    assert tree.names == ("乙", "丙", "3")
    assert [(one.code, one.subject, one.params["second"]) for one in tree.findings] == [
        ("hierarchy.two_names", "name", "甲")
    ]


def test_the_newest_name_is_shown_and_one_finding_counts_the_codes():
    rows = pl.DataFrame(
        {
            "code": ["1", "1", "1", "2", "2", "3"],
            "name": ["甲", "乙", "甲", "丙", "丁", "戊"],
            "day": ["2025-01-01", "2026-01-01", "2024-01-01", "2026-05-05", "2026-05-05", None],
        }
    )
    for mixed in (rows, rows.reverse()):
        tree = from_levels("p", ["code"], mixed, {"code": "name"}, newest="day")
        assert tree.names == ("乙", "丁", "戊")  # of two on one day the first in code order
        (said,) = tree.findings
        assert (said.code, said.severity, said.params["count"]) == ("hierarchy.renamed", "info", 2)
        shown = [said.params[name] for name in ("member", "first", "second")]
        assert shown == ["1", "乙", "甲"]


@settings(max_examples=examples(1000), deadline=None)
@given(
    pairs=st.dictionaries(st.text(min_size=1, max_size=3), st.sampled_from("甲乙丙"), max_size=20),
    seed=st.integers(),
)
def test_the_order_of_rows_does_not_matter(pairs, seed):
    rows = [(top, code) for code, top in pairs.items()]
    mixed = rows * 2
    random.Random(seed).shuffle(mixed)
    one, other = (from_levels("x", ["a", "b"], some) for some in (rows, mixed))
    assert one.codes == other.codes
    assert one.spans.tolist() == other.spans.tolist()


def test_a_tree_keeps_sellers_and_their_ancestors_only():
    parents = {"ceo": None, "east": "ceo", "west": "ceo", "li": "east", "wu": "west"}
    tree = from_parents("p", parents, parents, {"li"})
    assert [tree.path(leaf) for leaf in tree.leaf_nodes] == [("ceo", "east", "li")]
    assert tree.levels == ("p 1", "p 2", "p 3")


def test_an_inner_member_that_sells_gets_an_own_leaf_before_its_children():
    tree = from_parents("p", ["a", "b", "c"], {"b": "a", "c": "a"}, {"a", "b", "c"})
    assert tree.codes == ("a", OWN, "b", "c")
    assert tree.leaf_members == ("a", "b", "c")


def test_a_member_without_selling_children_is_a_plain_leaf():
    assert from_parents("p", ["a", "b"], {"b": "a"}, {"a"}).codes == ("a",)


def test_facts_without_a_person_are_a_top_leaf():
    tree = from_parents("p", ["a"], {}, {"a", UNASSIGNED})
    assert tree.codes == ("a", UNASSIGNED)


def test_cycles_orphans_and_unknown_sellers_are_refused_together():
    parents = {"b": "c", "c": "d", "d": "b", "e": "b", "s": "s", "o": "nobody"}
    assert refused(lambda: from_parents("p", [*parents, "a"], parents, {"a", "x"})) == [
        ("hierarchy.orphan", "o", {"hierarchy": "p", "parent": "nobody"}),
        ("hierarchy.cycle", "b", {"hierarchy": "p", "path": "b > c > d > b"}),
        ("hierarchy.cycle", "s", {"hierarchy": "p", "path": "s > s"}),
        ("hierarchy.unknown_member", "x", {"hierarchy": "p"}),
    ]


def test_a_second_other_parent_is_refused_and_the_same_one_twice_is_not():
    assert parents_of("p", [("b", "a"), ("b", "a"), ("a", ""), ("a", None)]) == {
        "b": "a",
        "a": None,
    }
    ((code, subject, params),) = refused(lambda: parents_of("p", [("b", "a"), ("b", "c")]))
    assert (code, subject) == ("hierarchy.two_parents", "b")
    assert (params["first"], params["second"]) == ("a > b", "c > b")


def test_a_chain_that_never_ends_is_refused():
    chain = {str(number): str(number + 1) for number in range(500)}
    ((code, _, params),) = refused(lambda: from_parents("p", [*chain, "500"], chain, {"0"}))
    assert (code, params["limit"]) == ("hierarchy.too_deep", 100)


@settings(max_examples=examples(2000), deadline=None)
@given(
    above=st.lists(st.integers(0, 10**6), min_size=1, max_size=25),
    sells=st.sets(st.integers(0, 24)),
)
def test_every_seller_has_exactly_one_leaf_under_all_its_ancestors(above, sells):
    parents = {
        f"m{member}": f"m{pick % member}" if member and pick % 3 else None
        for member, pick in enumerate(above)
    }
    sellers = {f"m{member}" for member in sells if member < len(above)}
    tree = from_parents("p", parents, parents, sellers)
    assert sorted(tree.leaf_members) == sorted(sellers)
    for leaf, member in zip(tree.leaf_nodes.tolist(), tree.leaf_members, strict=True):
        line = [member]
        while (parent := parents[line[0]]) is not None:
            line.insert(0, parent)
        assert [code for code in tree.path(leaf) if code != OWN] == line


@pytest.mark.shared_data
def test_adventureworks_managers_272_290_and_294_get_own_leaves():
    staff = pl.read_csv(
        shared("adventureworks/dw/DimEmployee.csv"), infer_schema=False, separator=","
    )
    sold = pl.read_csv(shared("adventureworks/dw/FactResellerSales.csv.gz"), infer_schema=False)
    parents = parents_of("person", staff.select("EmployeeKey", "ParentEmployeeKey").rows())
    sellers = set(sold["EmployeeKey"].unique())
    tree = from_parents("person", staff["EmployeeKey"], parents, sellers)
    own = [tree.path(leaf)[-2] for leaf in tree.leaf_nodes if tree.codes[leaf] == OWN]
    assert (tree.leaf_count, sorted(own)) == (17, ["272", "290", "294"])
