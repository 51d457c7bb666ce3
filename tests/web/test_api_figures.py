"""/api/v1 tells measures, their figures and the attainment as page and workbook do, by scope."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from quotaloom.cycle.demo_company.year import challenged
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.cycle.measures.known import house
from quotaloom.web.api.measure import CSV
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.org.models import Grant
from tests.support.boards import SEATS, released
from tests.support.cast import BEGIN
from tests.support.pipeline import import_small

pytestmark = pytest.mark.django_db  # one engine is enough: the cockpit is asked on both
API = "/api/v1"
DAY = {"as_of": "2026-06-30"}
OWN = """[[measure]]
code = "large_orders"
names = ["大单额", "Large orders"]
meanings = ["不含税五万以上的订单行。", "Lines of 50,000 and more, without tax."]
formula = "sum(order_lines.net_amount, where=order_lines.net_amount >= 50000)"
kind = "additive"
counts = "money excluded booked"
owner = "华东销售部"
version = 3
"""
FACTS = {  # of another branch, and of days before the newest
    "order_lines": "订单日期,订单号,行号,岗位,产品,客户,含税金额,不含税金额\n"
    "2026-03-01,X1,1,N1,平台,甲公司,1130000,1000000\n",
    "opportunities": "创建日期,商机编号,阶段,结果,预计金额,岗位,赢率,关闭日期\n"
    "2026-02-01,Y1,洽谈,赢单,700000,N1,50%,2026-03-01\n",
    "activities": "活动日期,活动编号,活动类型,活动结果,客户,岗位\n"
    "2026-02-01,Z1,拜访,待跟进,甲公司,N1\n",
}
COSTS = (
    "订单日期,订单号,行号,岗位,产品,客户,不含税金额,成本\n"
    "2026-06-01,C1,1,E1,平台,甲公司,100,40\n2026-06-01,C2,1,N1,平台,甲公司,200,160\n"
)


def brought(folder, files):
    for kind, text in files.items():
        path = folder / f"more {kind}.csv"
        path.write_text(text, encoding="utf-8")
        take(facts_shelf(), ImportRequest(files=(path,), into=kind), author="x")


@pytest.fixture
def home(db, settings, tmp_path):  # noqa: ARG001 - opens the database
    """A plan of 2026 in force, all facts of a small company, and a measure of its own."""
    settings.HOME = tmp_path / "home"
    (settings.HOME / "editions").mkdir(parents=True)
    made = released(tmp_path, total="324000", beside=challenged)
    made.rename(settings.HOME / "editions" / "2026")
    (settings.HOME / "measures.toml").write_text(OWN, encoding="utf-8")
    import_small(tmp_path, facts_shelf())
    return settings.HOME


def get(client, where, **asked):
    answer = client.get(f"{API}/{where}", asked)
    return answer.json() if answer.status_code == 200 else answer.status_code


def values(client, measure, **asked):
    """The figures by the members of the group; without groups those of all."""
    told = get(client, "figures", measure=measure, **DAY | asked)
    found = {" ".join(one["members"]): one["values"] for one in told["items"]}
    return found if "by" in asked else found[""]


def refusal(client, where, **asked):
    answer = client.get(f"{API}/{where}", asked)
    return answer.status_code, answer.json()["code"]


@pytest.mark.usefixtures("home")
def test_the_dictionary_is_told_whole(program):
    told = get(program("wang"), "measures", limit=200)
    assert told["total"] == len(told["items"]) == len(house()) + 1
    (own,) = [one for one in told["items"] if one["group"] == "own"]
    assert own == get(program("wang"), "measures/large_orders")
    assert (own["names"], own["version"], own["owner"]) == (
        ["大单额", "Large orders"],
        3,
        "华东销售部",
    )
    assert (own["unit"], own["tax"], own["stage"]) == ("money", "excluded", "booked")
    assert (own["scale"], own["facts"], own["fresh_days"]) == (100, ["order_lines"], 1)
    assert get(program("wang"), "measures/booked.share")["unit"] == "share"
    assert get(program("wang"), "measures/nothing") == 404
    first, second = (get(program("wang"), "measures", limit=2, offset=n)["items"] for n in (0, 2))
    assert [*first, *second] == told["items"][:4]


@pytest.mark.usefixtures("home")
def test_the_dictionary_comes_as_csv(program):
    answer = program("wang").get(f"{API}/measures", {"format": "csv", "limit": 1})
    assert answer["Content-Type"].split(";")[0] in CSV["content"]
    data = b"".join(answer.streaming_content)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = {one["code"]: one for one in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))}
    assert len(rows) == len(house()) + 1
    assert rows["large_orders"]["names_zh"] == "大单额"
    assert rows["win_rate"]["formula"] == get(program("wang"), "measures/win_rate")["formula"]


@pytest.mark.usefixtures("cast")
def test_measures_of_ones_own_that_are_not_sound_are_told(program, settings, tmp_path):
    settings.HOME = tmp_path
    (tmp_path / "measures.toml").write_text(OWN.replace("sum(", "eval("), encoding="utf-8")
    assert refusal(program("zhang"), "measures") == (422, "measure.formula_call")


def shown(client, page, **asked):
    return client.get(reverse(page), DAY | {"unit": "yuan"} | asked)


def sheet(client, page, number=0, **asked):
    """The rows of a sheet of a page's workbook, amounts in 元; the last of a name counts."""
    answer = shown(client, f"{page}_export", **asked)
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = book.worksheets[number].iter_rows(min_row=4, values_only=True)
    return {str(one[0]).strip(): one[1:] for one in rows}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("zhang", "cockpit_funnel"),
        ("li", "cockpit_customers"),
        ("li", "cockpit_products"),
        ("zhao", "cockpit_team"),
    ],
)
def test_a_measure_is_the_same_on_page_in_workbook_and_to_programs(as_user, program, page, who):
    tiles = shown(as_user(who), page).context["shown"].tiles
    book = sheet(as_user(who), page)
    told = get(program(who), "figures", measure=",".join(one.head.code for one in tiles), **DAY)
    assert len(tiles) >= 4
    for tile, head, value in zip(tiles, told["measures"], told["items"][0]["values"], strict=True):
        assert (head["code"], value) == (tile.head.code, tile.value)
        (written,) = book[tile.head.column]
        assert value == (None if written is None else round(written * head["scale"]))


@pytest.mark.usefixtures("home")
def test_groups_are_those_of_the_page(as_user, program):
    grid, industries = shown(as_user("zhang"), "cockpit_customers").context["shown"].grids
    measure = "ordered_net,ordered_net.share"
    for table, by in ((grid, "customer"), (industries, "industry")):
        on_page = {one.name: [cell.value for cell in one.cells[:2]] for one in table.lines}
        assert values(program("zhang"), measure, by=by) == on_page
    parts = shown(as_user("zhang"), "cockpit_team").context["shown"].grids[0].lines
    for one in parts:
        assert values(program("zhang"), "activities,leads", path=one.name) == [
            one.cells[0].value,
            one.cells[4].value,
        ]
    page = get(program("zhang"), "figures", measure="orders", by="region>seat", limit=2, offset=1)
    assert [one["members"] for one in page["items"]] == [["华东", "E2"], ["华北", "N1"]]
    assert page["total"] == 3


@pytest.mark.usefixtures("home")
def test_a_measure_of_ones_own_is_the_same_everywhere(as_user, program):
    (rows,) = shown(as_user("zhang"), "cockpit_rows", of="large_orders").context["sheets"]
    assert rows.total == "170,000.01"
    assert values(program("zhang"), "large_orders") == [170_000_01]
    by_seat = {"E1": [90_000_00], "E2": [80_000_01]}
    told = values(program("li"), "large_orders", by="seat")
    assert {seat: told[seat] for seat in by_seat} == by_seat
    assert values(program("zhang"), "large_orders", period="2026-03") == [80_000_01]
    assert values(program("zhang"), "ordered_net", period="2025") == [1_000_00]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("who", ["zhang", "wang"])
def test_attainment_is_the_same_on_page_in_workbook_and_to_programs(as_user, program, who):
    page = shown(as_user(who), "cockpit").context
    told = get(program(who), "attainment", **DAY)
    board, node = page["board"], told["node"]
    standing = board.whole.standing
    names = {"quota", "credit", "gap", "short", "projected"}
    assert {name: node[name] for name in names} == {name: getattr(standing, name) for name in names}
    assert (node["needed_a_day"], node["last_year"]) == (standing.needed, board.whole.last_year)
    assert abs(node["attained"] - standing.attained * 10**6) <= 0.5
    assert abs(node["ahead"] - standing.ahead * 10**4) <= 0.5
    assert abs(told["elapsed"] - board.clock.gone * 10**6) <= 0.5
    assert told["days"] == {"all": board.clock.days, "over": 120, "left": board.clock.left}
    assert [(one["name"], one["credit"], one["light"]) for one in told["items"]] == [
        (one.place.name, one.place.standing.credit, one.light) for one in page["rows"]
    ]
    book = sheet(as_user(who), "cockpit")
    every = get(program(who), "attainment", show="all", **DAY)
    assert len(book) == every["total"] + 1
    for one in every["items"]:
        quota, credit, _, _, ago, _, challenge, _ = book[one["name"]]
        written = [None if each is None else round(each * 100) for each in (quota, credit, ago)]
        assert written == [one["quota"], one["credit"], one["last_year"]]
        assert round(challenge * 100) == one["challenge"] > one["quota"]


@pytest.mark.usefixtures("home")
def test_attainment_says_what_it_is_of_and_in_which_period(program):
    told = get(program("zhang"), "attainment", period="2026Q2", **DAY)
    assert (told["first"], told["last"], told["as_of"]) == (
        "2026-04-01",
        "2026-06-30",
        "2026-06-30",
    )
    assert (told["edition"]["number"], told["edition"]["effective"]) == (1, "2026-01-01")
    credit = told["credit"]
    assert (credit["code"], credit["tax"], credit["version"]) == ("ordered_net", "excluded", 1)
    assert values(program("zhang"), credit["code"], period="2026Q2") == [told["node"]["credit"]]
    crossed = get(program("zhang"), "attainment", show="products", limit=3, **DAY)
    assert (len(crossed["items"]), crossed["total"]) == (3, 4)
    assert crossed["items"][0]["path"] == ["华东", "平台"]
    for how, last in (("with", "2026-05-31"), ("without", "2026-04-30")):
        assert get(program("zhang"), "attainment", ytd=how, as_of="2026-05-20")["last"] == last


@pytest.mark.usefixtures("home")
def test_what_lies_outside_the_scope_is_not_there(program):
    li = program("li")
    for where in ("attainment", "figures"):
        asked = {"measure": "orders"} if where == "figures" else {}
        assert get(li, where, path="华东", **asked) == get(li, where, **asked)
        assert get(li, where, **asked)["hidden"] == 1
        for path in ("华北", "华北>北京>N1", "没有", "华东>江苏>E1>平台"):
            assert refusal(li, where, path=path, **asked) == (404, "missing")
        assert get(program("zhao"), where, path="华北", **asked)["path" if asked else "total"]
        assert refusal(program("system"), where, **asked)[0] == 403
        assert refusal(li, where, period="2025Q5", **asked)[0] == 422
        assert refusal(li, where, as_of="9999-12-31", **asked)[0] == 422
    assert set(values(li, "ordered_net", by="seat")) == {"E1", "E2"}
    assert values(li, "ordered_net.share", by="region") == {"华东": [10**6]}


@pytest.mark.usefixtures("home")
def test_what_cannot_be_told_is_refused(program):
    client = program("zhang")
    for asked, code in (
        ({"measure": "bookt"}, "measure.unknown"),
        ({"measure": "orders", "by": "amount"}, "measure.no_key"),
        ({"measure": "orders", "by": "§row"}, "measure.no_key"),
        ({"measure": "booked.attainment"}, "measure.needs_quota"),
        ({"measure": "orders", "sort": "x"}, "request.unknown_field"),
    ):
        assert refusal(client, "figures", **asked) == (422, code)
    assert refusal(program("li"), "figures", measure="market_share") == (422, "measure.no_key")


def moved(home, folder):
    """A second edition from July on: in the north another seat, what the east has stays."""
    (folder / "next").mkdir()
    (home / "editions" / "2026").rename(folder / "next" / "editions")
    seats = SEATS | {"N2": ("华北", "天津")}
    asked = {"total": "432000", "seats": seats, "period": "2026-07", "beside": challenged}
    released(folder / "next", **asked).rename(home / "editions" / "2026")


def test_what_hidden_seats_do_leaves_every_answer_as_it_was(program, home, tmp_path):
    """Facts of another branch change nothing, an edition of other quotas there only its name."""
    client, director = program("li"), program("zhang")
    measures = "ordered_net,orders,new_customers,win_rate,pipeline,visits,large_orders"
    asked = [("attainment", {"show": one}) for one in ("parts", "all", "products")]
    asked += [("figures", {"measure": measures}), ("figures", {"measure": measures, "by": "seat"})]
    asked += [("figures", {"measure": "ordered_net.share", "by": "region"})]

    def answers():
        return [get(client, where, **DAY | words) for where, words in asked]

    def stands():
        node = get(director, "attainment", **DAY)["node"]
        return node["credit"], node["quota"]

    before, whole = answers(), stands()
    brought(tmp_path, FACTS)
    assert answers() == before
    moved(home, tmp_path)
    told = ("edition", "hidden")
    for one, other in zip(answers(), before, strict=True):
        assert {name for name in one if one[name] != other[name]} <= set(told)
    assert all(now > then for now, then in zip(stands(), whole, strict=True))


@pytest.mark.usefixtures("home")
def test_a_grant_of_some_measures_tells_no_others(cast, as_user, program, tmp_path):
    """Margin is read by those alone whose grant names it, also inside another measure."""
    brought(tmp_path, {"order_lines": COSTS})
    client = program("zhang")
    everything = {"E1": [60_00], "N1": [40_00]}
    assert values(client, "margin", by="seat", period="2026-06") == everything
    before = shown(as_user("zhang"), "cockpit_products", period="2026-06").context["shown"]
    cast.zhang.grants.update(measures=["booked"])
    assert values(client, "margin_rate", period="2026-06") == [None]
    page = shown(as_user("zhang"), "cockpit_products", period="2026-06").context["shown"]
    tiles = {one.head.code: one.value for one in page.tiles}
    assert (tiles["ordered_net"], tiles["margin"], tiles["margin_rate"]) == (300_00, None, None)
    margins = [cell.value for cell in page.grids[0].lines[0].cells[-3:]]
    assert margins == [None] * 3 != [cell.value for cell in before.grids[0].lines[0].cells[-3:]]
    assert values(client, "ordered_net", period="2026-06") == [300_00]
    (rows,) = shown(as_user("zhang"), "cockpit_rows", of="margin").context["sheets"]
    assert rows.count == 0
    more = {"role": cast.roles["regional_manager"], "scope": cast.members["EAST"]}
    Grant.objects.create(user=cast.zhang, measures=["margin"], valid_from=BEGIN, **more)
    client = program("zhang")
    assert values(client, "margin", by="seat", period="2026-06") == {"E1": [60_00]}
    Grant.objects.filter(user=cast.zhang).update(measures=["invoiced"])
    assert refusal(client, "figures", measure="invoiced") == (404, "missing")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("asked", [{"as_of": "2024-02-29"}, {"period": "1999"}])
def test_a_ratio_of_days_without_facts_has_no_figure(program, asked):
    assert values(program("zhang"), "stock_turnover", **asked) == [None]


@pytest.mark.parametrize("code", ["ordered_net", "quantity", "average_price", "large_orders"])
def test_rows_tell_no_costs_to_who_may_not_read_the_margin(cast, as_user, home, code):
    def heads():
        sheets = shown(as_user("zhang"), "cockpit_rows", of=code).context["sheets"]
        assert any(one.count for one in sheets)
        return {head for one in sheets for head in one.heads}

    assert home.is_dir()
    assert "成本" in heads()
    cast.zhang.grants.update(measures=["booked"])
    assert "成本" not in heads()


def test_a_figure_of_costs_is_read_by_the_grants_of_the_margin(cast, program, home):
    """Sales are open: who knew the costs would know the margin."""
    costs = OWN.replace("large_orders", "costs").replace(".net_amount", ".cost")
    judged = OWN.replace("large_orders", "judged").replace("net_amount >=", "cost >=")
    (home / "measures.toml").write_text(costs + judged, encoding="utf-8")
    assert values(program("zhang"), "costs") == [50_000_00]
    cast.zhang.grants.update(measures=["booked"])
    client = program("zhang")
    for code in ("costs", "judged"):
        assert values(client, code, by="seat") == {}
    assert refusal(client, "figures", measure="stock_turnover", **DAY)[0] == 422  # of no seat
    assert values(client, "ordered_net") == [200_000_01]
