"""Layers brought together in the workbench: a weighted mean, or the totals of another layer."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.web.test_desk import EAST, NORTH, Desk

pytestmark = [pytest.mark.django_db, pytest.mark.store]
WHOLE, JIANGSU = [], [*EAST, "江苏"]
SIX_FOUR = {"act": "layers", "weight.issued": "60", "weight.submitted": "40%"}
AGREE = {"act": "layers", "change": "calibrate", "reference": "issued"}


@pytest.fixture
def sitting(as_user, plan):
    """A workbench after 上报 was written: 下达 and a tenth, more of it in the north."""
    first = Desk(as_user("zhang"), plan)
    basis = {"method": "by_reference", "basis": "layer:issued"}
    first.type("1250000", layer="submitted", **basis)
    first.type("+20%", NORTH, layer="submitted")
    return lambda name: Desk(as_user(name), plan)


def test_a_plan_that_nobody_edited_names_its_axes_as_it_will(as_user, plan):
    desk = Desk(as_user("zhang"), plan)
    axes = desk.page().context["axes"]
    for axis in axes:
        told = desk.type("+5%", [*EAST, "江苏", "E1"], keep="hold_parent", along=axis)
        assert "维度" not in str(told.get("findings")), told
    assert desk.page().context["axes"] == axes == ["大区", "产品"]


def row(desk, path, layer):
    address = reverse("plan_rows", args=[desk.plan.pk])
    asked = {"path": '["华东"]' if len(path) == 2 else "[]", "deep": 1, "layer": layer}
    told = desk.client.get(address, asked).json()["rows"]
    return next(one["v"] for one in told if one["p"] == path)


def test_a_layer_is_the_weighted_mean_of_others_and_is_taken_back(sitting):
    desk = sitting("zhang")
    preview = desk.ask("preview", WHOLE, layer="proposed", **SIX_FOUR)
    told = desk.ask("edit", WHOLE, layer="proposed", reason="两头各让一步", **SIX_FOUR)
    assert (preview["cells"], preview["after"]) == (told["cells"], told["after"])
    assert preview["before"] in {"0", "—"}
    for path in (EAST, NORTH, JIANGSU):
        issued, submitted, proposed = (
            row(desk, path, layer) for layer in ("issued", "submitted", "proposed")
        )
        mean = [0.6 * one + 0.4 * other for one, other in zip(issued, submitted, strict=True)]
        assert proposed == pytest.approx(mean, abs=12 * 100)
    assert desk.ask("undo", layer="proposed")["top"]["v"][0] in {0, None}


def test_totals_agree_with_another_layer_along_what_was_chosen(sitting):
    desk = sitting("zhang")
    before = row(desk, EAST, "submitted")
    told = desk.ask("edit", EAST, layer="submitted", **AGREE, **{"along.0": "*"})
    assert told["cells"]
    assert row(desk, EAST, "submitted") == row(desk, EAST, "issued")
    assert desk.ask("undo", layer="submitted")["position"] == told["position"] + 1
    assert row(desk, EAST, "submitted") == before
    told = desk.ask("edit", WHOLE, layer="submitted", **AGREE, **{"along.1": "大区"})
    assert told.get("cells"), told
    assert [row(desk, path, "submitted")[0] for path in (EAST, NORTH)] == [
        row(desk, path, "issued")[0] for path in (EAST, NORTH)
    ]


@pytest.fixture
def half(as_user, plan):
    """A workbench after 上报 was written in the east only; of 商定 one month alone."""
    first = Desk(as_user("zhang"), plan)
    first.type("500000", EAST, layer="submitted")
    first.type("90000", EAST, "2027-02", layer="agreed")
    return lambda name: Desk(as_user(name), plan)


def test_no_figure_is_not_taken_for_0(half):
    desk = half("zhang")
    agree = AGREE | {"along.0": "大区", "reference": "submitted"}
    for fields, layer in ((SIX_FOUR, "proposed"), (agree, "issued")):
        for verb in ("preview", "edit"):
            (told,) = desk.ask(verb, WHOLE, layer=layer, **fields)["findings"]
            assert "“上报”这一层在华北（2027-01 至 2027-12）有 24 格还没有数" in told
        assert row(desk, NORTH, "proposed")[0] is None
    assert desk.ask("edit", EAST, layer="proposed", **SIX_FOUR)["cells"] == 48
    weights = {"act": "layers", "weight.issued": "1", "weight.agreed": "1"}
    (told,) = desk.ask("edit", EAST, layer="proposed", **weights)["findings"]
    assert "“商定”这一层在江苏、浙江（2027-01 至 2027-12）有 44 格还没有数" in told
    assert desk.ask("edit", EAST, "2027-02", layer="proposed", **weights)["cells"] == 4


def test_a_part_is_told_of_no_gap_elsewhere(half):
    told = half("li").ask("edit", WHOLE, layer="proposed", **SIX_FOUR)["findings"]
    assert "华北" not in str(told)
    assert half("li").ask("edit", EAST, layer="proposed", **SIX_FOUR)["cells"] == 48


def test_a_part_brings_its_own_layers_together_and_no_others(sitting):
    desk = sitting("li")
    assert desk.ask("edit", EAST, layer="proposed", **SIX_FOUR)["cells"]
    for path in (WHOLE, NORTH):
        assert desk.ask("edit", path, layer="proposed", **SIX_FOUR)["findings"]
        agree = AGREE | {"along.0": "*"}
        assert desk.ask("edit", path, layer="submitted", **agree)["findings"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "请至少给一层写上权重"),
        ({"weight.issued": "-1"}, "请至少给一层写上权重"),
        ({"weight.issued": "一半"}, "一半"),
        (AGREE, "请至少选一项"),
        (AGREE | {"along.0": "*", "reference": "drafts"}, "drafts"),
        (AGREE | {"along.0": "*", "reference": "agreed"}, "“商定”这一层在这里还没有数"),
        ({"weight.issued": "60", "weight.agreed": "40"}, "“商定”这一层在这里还没有数"),
        (AGREE | {"along.0": "仓库"}, "仓库"),
    ],
)
def test_what_is_missing_is_told(sitting, fields, words):
    asked = {"act": "layers"} | fields
    told = sitting("li").ask("preview", EAST, layer="proposed", **asked)
    assert words in told["findings"][0]
