"""One number from facts to explained leaves: the whole verb."""

from __future__ import annotations

from itertools import permutations
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotaloom import decompose
from quotaloom.core.model.errors import DataRefused, Infeasible, UsageRefused
from tests.support.counts import examples
from tests.support.orders import BY, by_period, codes, drawn, orders, shares, yearly

TWO = yearly({("华东", "云"): 300, ("华东", "屏"): 100, ("西北", "云"): 100})
REGION = {"by": ["地区", "产品"], "seasonality": "equal"}


def made(facts=TWO, total="1200万", **options):
    return decompose(facts, **({"total": total, "year": 2027} | REGION | options))


# --- exactness ---


def node_errors(result):
    """Every node of every hierarchy against the sum of its leaves, counted from the frame alone."""
    trace, wrong = result.trace, []
    for name, levels in trace.hierarchies:
        told = {d.path: d.quota for d in trace.derivations if d.hierarchy == name}
        for depth in range(len(levels)):
            keys = list(levels[: depth + 1])
            filled = result.frame.filter(pl.col(levels[depth]).is_not_null())
            for *path, quota in filled.group_by(keys).agg(pl.col("quota").sum()).iter_rows():
                if told.pop(tuple(path)) != quota:
                    wrong.append((name, path))
        wrong += list(told)
    return wrong


OPTIONS = st.fixed_dictionaries(
    {
        "total": st.sampled_from(["0", "1", "12345678", "+15%", "1.2x", "1亿"]),
        "time": st.sampled_from(["month", "quarter", "half", "year", "week"]),
        "seasonality": st.sampled_from(["history", "equal", "workdays", "15,20,30,35"]),
        "recency": st.sampled_from(["1", "0.5"]),
        "fiscal_start": st.sampled_from([1, 4]),
        "on_negative_basis": st.just("zero"),
    }
)


@pytest.mark.heavy
@settings(max_examples=examples(400), deadline=None)
@given(seed=st.integers(0, 10**6), options=OPTIONS)
def test_every_node_is_the_sum_of_its_leaves(seed, options):
    result = decompose(drawn(seed), year=2027, by=BY, **options)
    trace = result.trace
    assert int(result.frame["quota"].sum()) == trace.total
    assert result.frame["quota"].min() >= 0
    assert (result.frame["quota"] % trace.unit == 0).all()
    assert node_errors(result) == []
    assert all(check.failed == 0 for check in trace.checks)


NODES = [
    "大区=华东",
    "大区=NA",
    "产品线=软件",
    "产品=云",
    "销售员=甲",
    "Q1",
    "上半年",
    "大区=华东&Q2",
    "产品=屏&销售员=丙",
    '省="A:B>C"',
    "大区=华东&产品线=软件&H1",
]
PARTS = ["0", "1%", "7%", "10%", "25%", "33.33%", "60%"]


def wishes(*relations, most=2):
    texts = st.tuples(st.sampled_from(NODES), st.sampled_from(relations), st.sampled_from(PARTS))
    return st.lists(texts.map(lambda parts: "{}:{}{}".format(*parts)), max_size=most)


@pytest.mark.heavy
@settings(max_examples=examples(1000), deadline=None)
@given(
    seed=st.integers(0, 10**6),
    total=st.sampled_from(["1", "99999", "1234567", "+15%"]),
    fix=wishes(""),
    hold=wishes("", most=1),
    bound=wishes(">=", "<="),
    growth_max=st.sampled_from([None, None, None, "50%"]),
)
def test_wishes_are_met_exactly_or_refused(seed, total, growth_max, **typed):
    options = {"total": total, "growth_max": growth_max, "on_negative_basis": "zero"}
    try:
        result = decompose(drawn(seed), year=2027, by=BY, **typed, **options)
    except (Infeasible, UsageRefused):
        return  # that a refusal is right is shown where whole cells are searched for
    assert node_errors(result) == []
    assert len(result.trace.margins) == sum(map(len, typed.values()))
    for margin in result.trace.margins:
        assert margin.low is None or margin.low <= margin.reached
        assert margin.high is None or margin.reached <= margin.high


@pytest.mark.heavy
@settings(max_examples=examples(300), deadline=None)
@given(seed=st.integers(0, 10**6), way=st.integers(0, 10**6))
def test_no_order_of_rows_files_columns_or_hierarchies_matters(seed, way, tmp_path_factory):
    random, facts = Random(way), drawn(seed, months=36)
    options = {
        "total": "1234567",
        "year": 2027,
        "fix": ["大区=华东:30%", "Q4:35%"],
        "bound": ["产品线=软件:>=20%"],
        "on_negative_basis": "zero",
    }
    plain = decompose(facts, by=BY, **options).frame
    mixed = facts.select(random.sample(facts.columns, len(facts.columns)))
    mixed = mixed.sample(fraction=1, shuffle=True, seed=way)
    folder, cut = tmp_path_factory.mktemp("files"), len(mixed) // 2
    parts = [mixed[:cut], mixed[cut:]] if cut > 0 else [mixed]
    files = [folder / f"{place}.csv" for place in range(len(parts))]
    for part, file in zip(parts, files, strict=True):
        part.write_csv(file)
    by = random.sample(BY, len(BY))
    other = decompose(random.sample(files, len(files)), by=by, **options).frame
    assert set(other.columns) == set(plain.columns)
    keys = [name for name in plain.columns if name not in ("basis", "quota")]
    assert other.select(plain.columns).sort(keys).equals(plain.sort(keys))


@pytest.mark.parametrize("by", list(permutations(["地区", "产品"])))
def test_columns_come_in_the_order_asked_for(by):
    assert made(by=list(by)).frame.columns == ["period", *by, "basis", "quota"]


def test_the_same_request_gives_the_same_bytes():
    assert made(total="+15%").frame.equals(made(total="+15%").frame)


# --- totals ---


def test_a_total_is_met_by_weight():
    result = made()
    assert shares(result, "地区") == {"华东": 9_600_000, "西北": 2_400_000}
    assert shares(result, "产品") == {"云": 9_600_000, "屏": 2_400_000}


@pytest.mark.parametrize(
    ("total", "wanted"),
    [
        ("+15%", 6900),
        ("-5%", 5700),
        ("1.2x", 7200),
        ("1.2倍", 7200),
        ("5亿", 5 * 10**8),
        (6001, 6001),
    ],
)
def test_a_total_may_grow_from_last_year(total, wanted):
    result = made(total=total)
    assert result.trace.total == wanted * 100
    assert result.trace.last_year == 600_000
    grown = isinstance(total, str) and total[-1] in "%x倍"
    assert ("total.from_last_year" in codes(result)) == grown


def test_growth_is_rounded_to_the_unit_and_told():
    result = made(total="+15.01%", unit="100")
    assert result.trace.total == 6900 * 100
    said = next(f for f in result.findings if f.code == "total.from_last_year")
    assert said.params == {"last_year": "6000", "total": "6900"}


def test_a_typed_total_off_the_unit_is_refused_with_the_two_nearest():
    with pytest.raises(UsageRefused) as refusal:
        made(total="1234", unit="100")
    (finding,) = refusal.value.findings
    assert (finding.code, finding.params["below"], finding.params["above"]) == (
        "amount.no_multiple",
        "1200",
        "1300",
    )


@pytest.mark.parametrize(
    ("total", "code"),
    [
        ("-100万", "target.sign_unclear"),
        ("15%", "target.percent_unsigned"),
        ("1e9", "amount.exponent"),
        ("1_000", "amount.underscore"),
        ("NaN", "amount.not_a_number"),
        ("1e999999", "amount.exponent"),
        ("", "amount.empty"),
        ("9" * 30, "amount.too_large"),
        ("0.001", "amount.no_multiple"),
        ("abc", "amount.unreadable"),
    ],
)
def test_a_total_that_is_none_is_refused(total, code):
    with pytest.raises(UsageRefused) as refusal:
        made(total=total)
    assert codes(refusal.value) == [code]


@pytest.mark.parametrize("unit", ["0", "-1", "0.001", "abc"])
def test_a_unit_that_is_none_is_refused(unit):
    with pytest.raises(UsageRefused):
        made(unit=unit)


def test_growth_needs_a_last_year():
    facts = yearly({("华东", "云"): 0})
    with pytest.raises(UsageRefused) as refusal:
        made(facts, total="+15%")
    assert codes(refusal.value) == ["total.no_last_year"]


# --- wishes ---


def test_a_fix_is_met_exactly_and_the_rest_shares_what_is_left():
    result = made(fix=["地区=华东:500万"])
    assert shares(result, "地区") == {"华东": 5_000_000, "西北": 7_000_000}
    assert [(m.kind, m.low, m.reached) for m in result.trace.margins] == [
        ("fix", 5 * 10**8, 5 * 10**8)
    ]
    line = next(d for d in result.trace.derivations if d.path == ("华东",))
    assert (line.method, line.note) == ("wish", "地区=华东:500万")


def test_fixes_of_several_margins_are_met_together():
    result = made(fix=["地区=华东:500万", "产品=屏:40%", "Q4:35%"])
    assert shares(result, "地区")["华东"] == 5_000_000
    assert shares(result, "产品")["屏"] == 4_800_000
    assert sum(list(by_period(result).values())[9:]) == 4_200_000
    assert node_errors(result) == []


def test_a_hold_is_kept_out_of_the_solving():
    result = made(hold=["地区=西北:12"], total="1212")
    assert shares(result, "地区") == {"华东": 1200, "西北": 12}
    assert shares(result, "产品") == {"云": 912, "屏": 300}


def test_a_bound_lifts_only_who_lies_below():
    assert shares(made(bound=["地区=西北:>=300万"]), "地区")["西北"] == 3_000_000
    assert shares(made(bound=["地区=西北:>=100万"]), "地区")["西北"] == 2_400_000
    assert shares(made(bound=["地区=西北:<=10%"]), "地区")["西北"] == 1_200_000


@pytest.mark.parametrize(
    "wishes",
    [
        {"fix": ["地区=华东:700万", "地区=西北:600万"]},
        {"fix": ["地区=华东:130%"]},
        {"fix": ["产品=屏:600万"], "bound": ["地区=华东:<=500万"]},
        {"growth_max": "5%"},
        {"hold": ["地区=华东:1300万"]},
    ],
)
def test_wishes_that_contradict_each_other_are_refused(wishes):
    with pytest.raises(Infeasible) as refusal:
        made(**wishes)
    (finding,) = refusal.value.findings
    assert finding.code.startswith("allocate.")


def test_every_wish_that_cannot_be_read_is_named_at_once():
    with pytest.raises(UsageRefused) as refusal:
        made(fix=["地区=华南:1万", "地区=华东"], hold=["2028Q1:1万"], bound=["地区=华东:>=1.555"])
    assert codes(refusal.value) == [
        "wish.unknown_member",
        "wish.unreadable",
        "wish.period_outside",
        "amount.no_multiple",
    ]


def test_a_wish_in_another_currency_is_refused():
    with pytest.raises(UsageRefused) as refusal:
        made(total="1200万元", fix=["地区=华东:5万美元"])
    assert codes(refusal.value) == ["currency.differs"]


def test_growth_is_capped_cell_by_cell_and_who_is_new_is_not():
    new = yearly({("华南", "云"): 500}, years=(2024, 2025))
    result = made(pl.concat([TWO, new]), total="6600", growth_max="20%", basis_years=3)
    cells = result.frame.filter(pl.col("地区") != "华南")
    last_year = {("华东", "云"): 300, ("华东", "屏"): 100, ("西北", "云"): 100}
    for row in cells.iter_rows(named=True):
        assert row["quota"] <= last_year[row["地区"], row["产品"]] * 120
    assert shares(result, "地区")["华南"] > 0
    said = next(f for f in result.findings if f.code == "growth.uncapped")
    assert said.params["count"] == 1
    assert "check.growth" in [check.code for check in result.trace.checks]


@pytest.mark.parametrize("typed", ["60%", "+60%", " 60％ "])
def test_a_growth_cap_may_have_a_sign(typed):
    assert made(total="+50%", growth_max=typed).trace.total == 900_000


@pytest.mark.parametrize("typed", ["-10%", "0.6", "x"])
def test_a_growth_cap_that_is_none_is_refused(typed):
    with pytest.raises(UsageRefused):
        made(growth_max=typed)


# --- zero and negative ---


def test_a_zero_basis_is_spread_evenly_and_told():  # W04, C05
    facts = yearly({("华东", "云"): 0, ("西北", "云"): 0})
    result = made(facts, total="1200")
    assert shares(result, "地区") == {"华东": 600, "西北": 600}
    assert set(by_period(result).values()) == {100}
    assert "allocate.zero_basis_opened" in codes(result)


def test_a_zero_basis_can_be_refused():
    facts = yearly({("华东", "云"): 0, ("西北", "云"): 0})
    with pytest.raises(DataRefused) as refusal:
        made(facts, total="1200", on_zero_basis="refuse")
    assert codes(refusal.value) == ["allocate.zero_basis_refused"]


def test_a_member_without_basis_gets_nothing_unless_a_wish_says_so():
    facts = yearly({("华东", "云"): 100, ("西北", "云"): 0})
    assert shares(made(facts), "地区")["西北"] == 0
    result = made(facts, fix=["地区=西北:120万"])
    assert shares(result, "地区") == {"华东": 10_800_000, "西北": 1_200_000}
    assert "allocate.zero_basis_opened" in codes(result)


def test_a_negative_basis_is_refused_with_the_members_named():
    facts = yearly({("华东", "云"): 100, ("西北", "云"): -5})
    with pytest.raises(DataRefused) as refusal:
        made(facts)
    (finding,) = refusal.value.findings
    assert (finding.code, finding.subject) == ("history.negative_basis", "云 × 西北")
    assert finding.params["amount"] == "-60"


def test_a_negative_basis_can_count_as_none():
    facts = yearly({("华东", "云"): 100, ("西北", "云"): -5})
    result = made(facts, on_negative_basis="zero")
    assert shares(result, "地区") == {"华东": 12_000_000, "西北": 0}
    assert "history.negative_basis_zeroed" in codes(result)


# --- names ---

ODD = [
    "华东:沿海",
    "A>B",
    "a/b",
    "x=y",
    "R&D",
    '12" 屏',
    "A|B",
    "NA",
    "N/A",
    "null",
    "=1+1",
    "-",
    "007",
]


@pytest.mark.parametrize("name", ODD)
def test_a_name_of_any_signs_is_a_member_that_can_be_wished_for(name):
    facts = yearly({(name, "云"): 100, ("西北", "云"): 300})
    typed = '"' + name.replace('"', '""') + '"'
    assert shares(made(facts, total="400"), "地区")[name] == 100
    assert shares(made(facts, total="400", fix=[f"地区={typed}:300"]), "地区")[name] == 300


@pytest.mark.parametrize("header", ["地区:新", "地区>省", "a=b", "a|b", 'Q"R'])
def test_a_header_of_any_signs_can_be_named(header):
    typed = '"' + header.replace('"', '""') + '"'
    facts = TWO.rename({"地区": header})
    result = made(facts, by=[typed, "产品"], fix=[f"{typed}=华东:600万"])
    assert result.frame.columns[1] == header
    assert shares(result, header)["华东"] == 6_000_000


# --- the trace ---


def test_the_trace_tells_what_was_asked_and_chosen():
    told = made(fix=["地区=华东:500万"]).trace.parameters
    assert told["total"] == "1200万"
    assert told["fix"] == "地区=华东:500万"
    assert told["year_weights"] == "2024: 1/4; 2025: 1/2; 2026: 1"
    assert told["history"] == "2024-01-15 – 2026-12-15"
    assert told["columns"] == "date=日期; amount=金额; 地区=地区; 产品=产品"


def test_the_basis_of_the_leaves_is_the_basis_of_history():
    result = made(recency="1")
    assert int(result.frame["basis"].sum()) == 6000 * 100
    assert (result.trace.basis_scale, result.trace.unit) == (2, 100)


def test_last_year_is_told_for_every_node():
    rows = made().trace.node_last_year.rows()
    assert ("地区", ["华东"], 480_000) in rows
    assert ("产品", ["屏"], 120_000) in rows


# --- facts ---


def test_facts_of_texts_and_types_are_the_same():
    texts = TWO.with_columns(pl.all().cast(pl.String))
    assert made(texts).frame.equals(made(TWO).frame)


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_facts_may_be_a_file(tmp_path, kind):
    path = tmp_path / f"订单.{kind}"
    getattr(TWO, {"xlsx": "write_excel"}.get(kind, f"write_{kind}"))(path)
    assert made(path).frame.equals(made(TWO).frame)
    assert made([str(path)]).frame.equals(made(TWO).frame)


def test_filters_apply_before_anything_is_checked():
    odd = orders("日期 地区 产品 金额\n2026-01-05 华东 云 不详")
    facts = pl.concat([TWO.with_columns(pl.all().cast(pl.String)), odd])
    with pytest.raises(DataRefused):
        made(facts)
    assert made(facts, where="金额 != 不详").frame.equals(made(TWO).frame)


def test_several_filters_all_apply():
    result = made(where=["地区=华东 or 地区=华南", "产品=云"])
    assert shares(result, "产品") == {"云": 12_000_000}


@pytest.mark.parametrize("where", ["", " ", ["地区=华东", ""]])
def test_a_blank_filter_is_refused(where):
    with pytest.raises(UsageRefused):
        made(where=where)


def test_nothing_left_by_the_filter_is_refused():
    with pytest.raises(DataRefused):
        made(where="地区=火星")


def test_without_dimensions_the_recognised_columns_are_nested_and_told():
    facts = drawn(1)
    result = decompose(facts, total="100万", year=2027, on_negative_basis="zero")
    names = [name for name, _ in result.trace.hierarchies]
    assert names == ["产品线>产品", "大区>省", "销售员"]
    said = next(f for f in result.findings if f.code == "decompose.dimensions_found")
    assert said.subject == '--by "产品线>产品" --by "大区>省" --by "销售员"'


def test_facts_without_any_dimension_are_refused():
    with pytest.raises(UsageRefused) as refusal:
        decompose(TWO.select("日期", "金额"), total="100", year=2027)
    assert codes(refusal.value) == ["decompose.no_dimension"]


def test_no_facts_at_all_are_refused():
    with pytest.raises(UsageRefused) as refusal:
        decompose(total="100", year=2027)
    assert codes(refusal.value) == ["decompose.no_files"]


def test_a_header_with_a_sign_is_no_pair_of_headers():
    facts = TWO.with_columns(pl.col("产品").alias("地区>产品")).with_columns(
        pl.concat_str("地区", pl.lit("-"), "产品").alias("产品")
    )
    result = made(facts, by=["地区>产品", '"地区>产品"'])
    assert [name for name, _ in result.trace.hierarchies] == ["地区>产品", '"地区>产品"']


# --- holds ---


def rhythm(result, region):
    mine = (
        result.frame.filter(pl.col("地区") == region).group_by("period").agg(pl.col("quota").sum())
    )
    return [quota // 100 for _, quota in sorted(mine.iter_rows())]


def test_a_hold_keeps_its_own_rhythm_however_hard_the_rest_is_pulled():
    result = made(total="6000", hold="地区=西北:1200", fix="Q4:50%", time="quarter")
    assert rhythm(result, "西北") == [300] * 4
    assert rhythm(result, "华东") == [700, 700, 700, 2700]
    assert list(by_period(result).values())[3] == 3000
    assert "allocate.hold_reshaped" not in codes(result)


def test_a_hold_that_leaves_no_way_is_reshaped_and_told():
    result = made(TWO.filter(pl.col("地区") == "西北"), total="1200", hold="地区=西北:1200",
                  fix="Q4:50%", time="quarter")  # fmt: skip
    assert rhythm(result, "西北")[3] == 600
    assert shares(result, "地区") == {"西北": 1200}
    assert "allocate.hold_reshaped" in codes(result)
