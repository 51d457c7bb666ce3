"""Every setting of the command is a question of the form, told where it is wrong."""

from __future__ import annotations

from dataclasses import fields

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from quotaloom.cycle.request import CHOICES, DecomposeRequest
from quotaloom.web.accounts.models import Company
from quotaloom.web.plans.forms import PlanForm, World
from quotaloom.web.plans.models import Draft, Plan
from quotaloom.web.plans.question import FOLDED, GROUPS, QUESTIONS
from tests.support.plan_form import Desk
from tests.support.small_plan import orders_text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]
FILES = {"facts", "join", "weights", "roster"}  # dropped, not typed
SAME = {"seasonality": "season"}  # called otherwise


@pytest.fixture
def desk(as_user, tmp_path, settings):
    settings.HOME = tmp_path / "home"
    one = Desk(as_user("ops"))
    one.drop({"订单.csv": orders_text()})
    return one


@pytest.mark.parametrize("field", [one.name for one in fields(DecomposeRequest)])
def test_every_option_of_the_command_is_asked(field):
    assert field in FILES or SAME.get(field, field) in QUESTIONS


@pytest.mark.parametrize("field", sorted(CHOICES))
def test_every_choice_of_the_command_is_offered(field):
    offered = {value for value, _word in QUESTIONS[field].options}
    assert set(CHOICES[field]) <= offered


@pytest.mark.parametrize("field", [one.name for one in fields(DecomposeRequest)])
def test_what_nobody_answers_is_the_commands_own_default(field):
    name = SAME.get(field, field)
    default = next(one.default for one in fields(DecomposeRequest) if one.name == field)
    if name in QUESTIONS and default not in {None, ()} and not QUESTIONS[name].required:
        assert QUESTIONS[name].initial == (str(default) if default is not False else "")


OTHER = {
    "tree": "",
    "season_by": "大区",
    "country": "HK",
    "zone": "UTC",
    "encoding": "utf-8",
    "delimiter": ",",
    "date_order": "dmy",
    "subtotals": "refuse",
    "hidden_rows": "skip",
    "fill_down": "on",
    "growth_max": "900%",
    "event": "Q1:+10% 集采",
    "where": "金额 > 0\n大区 = '华东'",
    "alias": "平台=底座",
    "unit": "custom",
    "own_unit": "5",
}


def test_settings_that_are_rarely_needed_reach_the_engine(desk):
    plan = desk.made(total="+10%", by="大区>岗位\n产品", spring_festival="off", **OTHER)
    asked = plan.request
    assert asked["where"] == ["金额 > 0", "大区 = '华东'"]
    assert (asked["unit"], asked["fill_down"], asked["zone"]) == ("5", True, "UTC")
    assert (plan.unit, desk.tops(plan)) == (500, {"华东"})
    told = desk.parameters(plan)
    for name in (
        "season_by",
        "country",
        "encoding",
        "delimiter",
        "date_order",
        "hidden_rows",
        "event",
    ):
        assert told[name] == OTHER[name]
    assert {row["n"] for row in desk.rows(plan)} >= {"底座", "终端"}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"total": "很多"}, "total"),
        ({"unit": "custom", "own_unit": "x"}, "own_unit"),
        ({"unit": "custom"}, "own_unit"),
        ({"season": "custom"}, "profile"),
        ({"by": "大区>大区"}, "by"),
        ({"tree": "人"}, "tree"),
        ({"fix": "大区=华东"}, "fix"),
        ({"hold": "x"}, "hold"),
        ({"bound": "大区=华东:1万%"}, "bound"),
        ({"growth_max": "x"}, "growth_max"),
        ({"recency": "7"}, "recency"),
        ({"where": "金额 >"}, "where"),
        ({"alias": "x"}, "alias"),
        ({"zone": "Mars"}, "zone"),
        ({"fiscal_start": "13"}, "fiscal_start"),
        ({"basis_years": "0"}, "basis_years"),
        ({"header_row": "0"}, "header_row"),
        ({"time": "day"}, "time"),
    ],
)
def test_what_makes_no_sense_is_told_at_its_field_before_any_job(desk, typed, field):
    answer = desk.send(**{"total": "1万", "by": "大区"} | typed)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == [field]
    group = next((name for name in FOLDED if field in {one.name for one in GROUPS[name]}), None)
    assert group is None or field == "header_row" or form.folds[group].is_open
    assert not Plan.objects.exists()


def test_groups_are_folded_while_everything_is_as_usual(desk):
    assert not [name for name, fold in desk.page().context["form"].folds.items() if fold.is_open]
    desk.look(growth_max="60%", encoding="gb18030")
    opened = [name for name, fold in desk.page().context["form"].folds.items() if fold.is_open]
    assert opened == ["wishes", "reading"]


def test_a_job_that_was_refused_marks_the_field(desk):
    desk.send(total="120万", by="大区", fix="大区=华中:1万")
    form = desk.page().context["form"]
    assert list(form.errors) == ["fix"]
    assert form.folds["wishes"].is_open
    assert "华中" in form.errors["fix"][0]


def company(**told):
    Company.objects.update_or_create(pk=1, defaults={"steps_done": ["year", "unit"]} | told)


def test_the_company_answers_first(desk):
    company(start_month=4, cutoff_day=25, unit="wan")
    desk.drop({"订单.csv": orders_text()})
    form = desk.page().context["form"]
    shown = {name: form[name].value() for name in ("fiscal_start", "cutoff_day", "unit", "year")}
    assert shown == {"fiscal_start": "4", "cutoff_day": "25", "unit": "10000", "year": 2028}
    assert not form.folds["calendar"].is_open
    plan = desk.made(total="240万", by="大区")
    assert plan.unit == 10_000 * 100
    assert desk.parameters(plan)["fiscal_start"] == "4"


def test_the_company_may_count_by_weeks(desk):
    company(pattern="4-4-5", unit="yuan")
    desk.drop({"订单.csv": orders_text()})
    form = desk.page().context["form"]
    assert (form["pattern"].value(), form["unit"].value()) == ("4-4-5", "1")


def test_a_unit_that_nobody_chose_rounds_nothing(desk):
    assert desk.page().context["form"]["unit"].value() == "1"


def test_another_answer_than_the_companys_is_kept_and_shown(desk):
    company(start_month=4)
    desk.drop({"订单.csv": orders_text()})
    desk.look(fiscal_start="1")
    form = desk.page().context["form"]
    assert form["fiscal_start"].value() == "1"
    assert form.folds["calendar"].is_open


CONFIG = """
facts = ["/data/订单.csv"]
total = "120万"
year = 2027
by = ["大区>岗位", "产品"]
fix = ["大区=华东:60万"]
join = ["/data/区.csv on 大区=大区 as r"]
unit = 5
seasonality = [15, 20, 30, 35]
time = "quarter"
growth-max = "900%"
fill-down = true
roster = "名册.csv"
out = ["x.xlsx"]
"""


def settings_file(text, name="plan.toml"):
    return SimpleUploadedFile(name, text.encode())


def test_a_settings_file_fills_the_form(desk):
    desk.add({"区.csv": "大区,总监\n华东,甲\n华北,乙\n"})
    answer = desk.add({"plan.toml": CONFIG})
    assert answer["HX-Refresh"] == "true"
    page = desk.page()
    form = page.context["form"]
    shown = {name: form[name].value() for name in ("total", "by", "unit", "own_unit", "profile")}
    assert shown == {
        "total": "120万",
        "by": "大区>岗位\n产品",
        "unit": "custom",
        "own_unit": "5",
        "profile": "15,20,30,35",
    }
    text = page.content.decode()
    assert "已采用" in text
    assert "名册.csv" in text
    file = desk.file("区.csv")
    assert (file.left, file.right, file.alias) == ("facts.大区", "大区", "r")
    plan = desk.made()
    assert (plan.total, plan.unit) == (120_000_000, 500)
    assert plan.request["fill_down"] is True


@pytest.mark.parametrize(
    "text", ["total = ", 'totel = "1"', "year = 1.5", 'fix = "a"\njoin = "p.csv"']
)
def test_settings_that_cannot_be_read_change_nothing(desk, text):
    before = Draft.objects.get().typed
    desk.add({"plan.toml": text})
    assert Draft.objects.get().typed == before
    assert "message error" in desk.page().content.decode()


def test_a_measure_out_of_reach_is_not_offered_nor_taken():
    world = World(reach=frozenset({"margin"}))
    form = PlanForm({"total": "1", "year": "2027", "name": "x"}, world=world)
    assert [value for value, _word in form.fields["measure"].choices] == ["margin"]
    assert form.is_valid()
    assert form.asked()["measure"] == "margin"
    other = {"total": "1", "year": "2027", "name": "x", "measure": "booked"}
    assert not PlanForm(other, world=world).is_valid()
