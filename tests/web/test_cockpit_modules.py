"""The cockpit's modules in the browser: who sees what, the rows behind it, the workbook."""

from __future__ import annotations

import io

import pytest
from django.http import QueryDict
from django.urls import reverse
from openpyxl import load_workbook

from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.web.data.shelf import facts_shelf
from tests.support.boards import released
from tests.support.pipeline import import_small

pytestmark = [pytest.mark.django_db, pytest.mark.store]
DAY = {"as_of": "2026-06-30", "unit": "yuan"}
PAGES = (
    *("cockpit_funnel", "cockpit_customers", "cockpit_products"),
    *("cockpit_comparisons", "cockpit_team"),
)


@pytest.fixture
def home(db, settings, tmp_path):  # noqa: ARG001 - opens the database
    """A plan of 2026 in force, and all facts of a small company."""
    settings.HOME = tmp_path / "home"
    released(tmp_path, total="360000").rename(tmp_path / "released")
    (tmp_path / "home" / "editions").mkdir(parents=True)
    (tmp_path / "released").rename(tmp_path / "home" / "editions" / "2026")
    import_small(tmp_path, facts_shelf())
    return settings.HOME


def shown(client, address, **asked):
    return client.get(reverse(address), DAY | asked)


def tiles(answer):
    return {one.head.code: one.value for one in answer.context["shown"].tiles}


def table(answer):
    """The first table: name → values of its cells."""
    lines = answer.context["shown"].grids[0].lines
    return {one.name: [cell.value for cell in one.cells] for one in lines}


@pytest.mark.usefixtures("home")
def test_the_funnel_names_its_bottleneck(as_user):
    answer = shown(as_user("zhang"), "cockpit_funnel")
    page = answer.content.decode()
    assert "瓶颈：方案 → 洽谈，50.0% 进入下一阶段" in page
    assert "1 个在谈商机没有填赢率" in page
    assert table(answer)["方案"] == [40_000, 500_000, None, 10_000, 80_000_01, 36_000_00]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("name", "deals", "customers", "activities"),
    [("zhang", 5, 3, 5), ("li", 3, 2, 3), ("wang", 2, 1, 3), ("zhao", 2, 1, 2)],
)
def test_everybody_sees_the_own_branch(as_user, name, deals, customers, activities):
    client = as_user(name)
    assert tiles(shown(client, "cockpit_funnel"))["new_deals"] == deals * 10**4
    seen = tiles(shown(client, "cockpit_customers"))
    assert seen["new_customers"] + seen["existing_customers"] == customers * 10**4
    assert tiles(shown(client, "cockpit_team"))["activities"] == activities * 10**4


@pytest.mark.usefixtures("home")
def test_the_team_is_told_part_by_part_and_leads_down(as_user):
    director = as_user("zhang")
    assert table(shown(director, "cockpit_team"))["华东"][0] == 3 * 10**4
    below = shown(director, "cockpit_team", at="华东")
    assert table(below)["江苏"][-1] == 10**6
    assert table(below)["浙江"][-1] == 0
    assert shown(as_user("li"), "cockpit_team", at="华北").status_code == 404


@pytest.mark.usefixtures("home")
def test_the_products_say_why_sales_changed(as_user):
    director = shown(as_user("zhang"), "cockpit_products")
    assert [values[0] for values in table(director).values()] == [
        *(94_000_00, 0, 15_000_00, 90_000_01, 0, 0),
        199_000_01,
    ]
    assert "金额单位：元" in director.content.decode()
    lines = director.context["shown"].grids[1].lines
    leads = lines[0].cells[0].at
    (sheet,) = shown(as_user("zhang"), "cockpit_rows", **QueryDict(leads).dict()).context["sheets"]
    assert (sheet.count, sheet.total) == (2, "110,000")
    assert "平均单价（元）" in director.content.decode()
    assert "578.95" in shown(as_user("zhang"), "cockpit_products", unit="yi").content.decode()
    mine = shown(as_user("zhao"), "cockpit_products").context["shown"].grids
    assert [line.name for line in mine[1].lines] == ["软件"]


@pytest.mark.usefixtures("home")
def test_comparisons_say_how_far_the_parts_are_apart(as_user):
    answer = shown(as_user("zhang"), "cockpit_comparisons")
    rows = table(answer)
    best, *_others, worst = [row[2] for row in rows.values()]
    assert [row[3] for row in rows.values()] == sorted(row[3] for row in rows.values())
    said = f"相差 {(best - worst) / 10_000:.1f} 个百分点"
    assert said in answer.content.decode()
    opened = shown(as_user("zhang"), "cockpit_comparisons", at=next(iter(rows)))
    assert opened.status_code == 200
    assert "导入竞争对手的市场份额" in answer.content.decode()
    assert "竞争对手" not in shown(as_user("li"), "cockpit_comparisons").content.decode()


@pytest.mark.usefixtures("home")
def test_who_sees_all_compares_us_with_the_rivals(as_user, tmp_path):
    path = tmp_path / "competitors.csv"
    path.write_text("竞争对手,期间,份额\nA公司,2026-01-01,32%\nB公司,2026-01-01,24%\n", "utf-8")
    take(facts_shelf(), ImportRequest(files=(path,), into="competitors"), author="x")
    page = shown(as_user("zhang"), "cockpit_comparisons").content.decode()
    assert "与竞争对手对比" in page
    assert "A公司" in page
    assert "HHI 不低于 1,600" in page
    assert "A公司" not in shown(as_user("li"), "cockpit_comparisons").content.decode()


@pytest.mark.usefixtures("home")
def test_a_figure_leads_to_the_rows_of_its_file(as_user):
    asked = {"of": "pipeline", "by": "stage", "member": "方案"}
    answer = shown(as_user("zhang"), "cockpit_rows", **asked)
    (sheet,) = answer.context["sheets"]
    assert (sheet.count, sheet.total) == (1, "80,000.01")
    assert [(file, row) for _cells, file, row in sheet.rows] == [("opportunities.csv", 3)]
    assert "预计金额" in answer.content.decode()
    (none,) = shown(as_user("zhao"), "cockpit_rows", **asked).context["sheets"]
    assert none.count == 0


@pytest.mark.usefixtures("home")
def test_tables_of_amounts_name_their_unit(as_user):
    director = as_user("zhang")
    for page in ("cockpit_funnel", "cockpit_customers"):
        assert "金额单位：万元" in shown(director, page, unit="wan").content.decode()
        assert "金额单位：元" in shown(director, page).content.decode()
    assert "金额单位：" not in shown(director, "cockpit_team").content.decode()
    assert "金额单位：元" in shown(director, "cockpit_rows", of="pipeline").content.decode()


@pytest.mark.usefixtures("home")
def test_rows_are_of_a_known_measure_and_of_the_own_scope(as_user):
    for wrong in ({"of": "nothing"}, {"of": "won", "by": "person", "member": "x"}, {}):
        assert shown(as_user("zhang"), "cockpit_rows", **wrong).status_code == 404
    outside = {"of": "leads", "by": "seat", "member": "N1"}
    assert shown(as_user("li"), "cockpit_rows", **outside).status_code == 404


@pytest.mark.usefixtures("home")
def test_the_workbook_holds_what_is_shown(as_user):
    answer = shown(as_user("zhang"), "cockpit_funnel_export")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = {row[0]: row[1:] for row in book["逐阶段"].iter_rows(min_row=4, values_only=True)}
    assert rows["方案"] == (4, 0.5, None, 1, 80_000.01, 36_000)
    figures = {row[0]: row[1] for row in book["数值"].iter_rows(min_row=4, values_only=True)}
    assert (figures["新增商机数"], figures["在谈商机额"]) == (5, 170_000.01)


@pytest.mark.usefixtures("home")
def test_prices_stay_in_yuan_in_the_workbook_too(as_user):
    answer = shown(as_user("zhang"), "cockpit_products_export", unit="wan")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    heads, first = book["各产品线"][3], book["各产品线"][4]
    line = {head.value: cell.value for head, cell in zip(heads, first, strict=True)}
    assert (line["订单额（不含税）"], line["平均单价（元）"]) == (11, 578.95)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("page", ["cockpit", "cockpit_rows", *PAGES])
def test_days_and_periods_that_cannot_be_shown_are_not_there(as_user, page):
    client, of = as_user("zhang"), {"of": "orders"}
    for day in ("0001-01-01", "1900-01-01", "9999-12-31"):
        assert shown(client, page, as_of=day, **of).status_code == 404
        if page != "cockpit_rows":
            assert shown(client, f"{page}_export", as_of=day).status_code == 404
    assert shown(client, page, period="2026W01", **of).status_code == 404
    for day in ("1902-01-01", "2197-12-31"):
        assert shown(client, page, as_of=day, **of).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_without_facts_the_page_says_what_to_import(as_user, settings, tmp_path, page):
    settings.HOME = tmp_path
    text = shown(as_user("zhang"), page).content.decode()
    assert "quotaloom import" in text
    assert reverse("data") in text
    assert shown(as_user("zhang"), f"{page}_export").status_code == 404


def test_a_module_needs_no_plan(as_user, settings, tmp_path):
    settings.HOME = tmp_path / "home"
    import_small(tmp_path, facts_shelf(), "leads", "activities")
    team = shown(as_user("zhang"), "cockpit_team")
    assert table(team)["E1"][0] == 3 * 10**4
    assert "quotaloom import opportunities.csv" in (
        shown(as_user("zhang"), "cockpit_funnel").content.decode()
    )
