"""口径对账 in the browser: who sees it, how it closes, and what each difference leads to."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from quotaloom.cycle.demo_company.books import import_books
from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.org.models import Kind, Member, MemberDetail, Placement

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def home(db, settings, tmp_path):  # noqa: ARG001 - opens the database
    """The demo company's papers."""
    settings.HOME = tmp_path
    import_books(tmp_path, facts_shelf(), author="x")


def shown(client, address="reconciliation", **asked):
    return client.get(reverse(address), {"period": "2026"} | asked)


@pytest.mark.usefixtures("home")
def test_the_page_closes_and_names_the_lines_of_each_difference(as_user):
    finance = as_user("sun")
    for by in ("region", "contract"):
        assert shown(finance, by=by).context["books"].closes
    answer = shown(finance)
    page = answer.content.decode()
    for words in (
        "每一步、每一部分都对得上",
        "1,658,150.00",
        "FP-6",
        "HK-7",
        "对账_回款.csv · 8",
    ):
        assert words in page


@pytest.mark.usefixtures("home")
def test_a_figure_leads_to_its_papers(as_user):
    answer = shown(
        as_user("zhang"), "reconciliation_lines", figure="invoiced", by="contract", of="HT-D"
    )
    papers = [(one["paper"], one["row"]) for one in answer.context["lines"]]
    assert papers == [("FP-4", 5), ("FP-6", 7)]
    assert answer.context["gross"] == 203_400_0000
    assert shown(as_user("zhang"), "reconciliation_lines", figure="backlog").status_code == 404
    loose = shown(as_user("zhang"), "reconciliation_lines", figure="invoiced", of="HT-D")
    assert loose.status_code == 404  # a part of no division


@pytest.mark.usefixtures("home")
def test_a_regional_manager_has_the_bridge_of_the_region(as_user):
    company = dict(shown(as_user("zhang"), by="region").context["books"].parts)
    for name, region in (("li", "华东"), ("zhao", "华北")):
        answer = shown(as_user(name), by="contract")
        assert answer.context["books"].whole == company[region]
        assert answer.context["books"].is_scoped
        page = answer.content.decode()
        assert "只含全部合同行都在您所看范围内的合同" in page
        assert "按全公司给出的控制数不能与部分相比" in page
        assert "1,757,999.99" not in page  # finance's total of the company
        assert reverse("reconciliation_control") not in page
    assert shown(as_user("li")).context["regions"] == []
    chosen = shown(as_user("zhang"), region="EAST").context
    assert chosen["books"].whole == company["华东"]
    assert [value for value, _ in chosen["regions"]] == ["华东", "华北"]


@pytest.mark.usefixtures("home")
def test_hidden_contracts_are_not_there(as_user):
    for name, hidden in (("li", "HT-D"), ("li", "HT-none"), ("zhao", "HT-A")):
        answer = shown(as_user(name), contract=hidden)
        assert answer.status_code == 404
        assert f"没有您能看到的合同 {hidden}" in answer.content.decode()
        for asked in ({"contract": hidden}, {"by": "contract", "of": hidden}, {"of": hidden}):
            told = shown(as_user(name), "reconciliation_lines", figure="invoiced", **asked)
            assert told.status_code == 404
        assert shown(as_user(name), "reconciliation_export", contract=hidden).status_code == 404
    assert shown(as_user("li"), region="华北").status_code == 404
    assert shown(as_user("li"), contract="HT-A").status_code == 200


@pytest.mark.usefixtures("home")
def test_a_seat_that_no_line_names_and_who_sees_nothing(as_user, cast):
    assert "在您能看到的范围内没有可以对账的合同" in shown(as_user("wang")).content.decode()
    assert shown(as_user("wang"), "reconciliation_export").status_code == 404
    assert shown(as_user("stranger")).status_code == 403
    for nothing in ("soon", "1900", "2199"):
        assert shown(as_user("zhang"), period=nothing).status_code == 404
    cast.li.grants.update(measures=["booked", "collected"])  # the bridge tells of invoices, too
    assert shown(as_user("li")).status_code == 404


@pytest.mark.usefixtures("home")
def test_a_region_is_known_by_its_names_and_a_name_of_two_by_none(as_user, cast):
    own = shown(as_user("li")).context["books"].whole
    cast.members["EAST"].details.update(name="华东大区")  # the papers say 华东
    renamed = shown(as_user("li")).context["books"]
    assert (renamed.whole, renamed.regions) == (own, ["华东大区"])
    cast.members["NORTH"].details.update(name="华东")
    assert shown(as_user("li")).context["faults"][0].code == "books.nothing_in_scope"
    cast.members["EAST"].details.update(name="华东")  # both
    for name in ("li", "zhao"):
        assert shown(as_user(name)).context["faults"][0].code == "books.nothing_in_scope"


@pytest.mark.usefixtures("home")
def test_every_surface_says_which_crediting_rules_do_not_speak_of_contracts(
    as_user, settings, tmp_path
):
    settings.HOME = tmp_path
    rules = tmp_path / "assignments.csv"
    cases = (
        ("规则,订单号,岗位,份额\n甲,D1,E1,100%\n", "以订单号为条件的归属规则不用于合同"),
        ("规则,大区,岗位,份额\n甲,华东,E1,90%\n", "归属规则（assignments.csv）有错，未采用"),
    )
    for text, told in cases:
        rules.write_text(text, encoding="utf-8")
        pages = [
            shown(as_user("sun")),
            shown(as_user("sun"), "reconciliation_lines", figure="booked_gross"),
        ]
        assert all(told in one.content.decode() for one in pages)
        book = shown(as_user("sun"), "reconciliation_export")
        sheet = load_workbook(io.BytesIO(b"".join(book.streaming_content))).worksheets[0]
        assert told in " ".join(str(one.value) for one in sheet["A"])


def taken(tmp_path, **tables):
    for kind, text in tables.items():
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        take(facts_shelf(), ImportRequest(files=(path,), into=kind), author="x")


def closed(cast, code):
    """The member stands no more since three days."""
    day = timezone.localdate() - timedelta(3)
    cast.members[code].placements.filter(valid_to=None).update(valid_to=day)


def receivables(client):
    """The receivable of each contract that the client sees, and its region."""
    context = shown(client, by="contract", period=str(timezone.localdate().year)).context
    if "books" not in context:
        return {}
    rows = context["books"].balances("receivable_closing").iter_rows(named=True)
    return {one["contract"]: (one["region"], one["amount"]) for one in rows}


@pytest.fixture
def signed_by_seats(db, settings, tmp_path):  # noqa: ARG001 - opens the database
    """HT-1 is of E1 and HT-2 of N1, signed and invoiced this year."""
    settings.HOME = tmp_path
    day = f"{timezone.localdate().year}-01-01"
    taken(
        tmp_path,
        contract_lines=f"签约日期,合同号,行号,行金额,税率,岗位\n{day},HT-1,1,113.00,13%,E1\n"
        f"{day},HT-2,1,226.00,13%,N1\n",
        invoices=f"开票日期,发票号,行号,合同号,开票金额\n{day},FP-1,1,HT-1,113.00\n"
        f"{day},FP-2,1,HT-2,226.00\n",
    )


@pytest.mark.usefixtures("signed_by_seats")
def test_contracts_of_a_seat_that_ended_stay_where_it_stood_last(as_user, cast):
    east, north = {"HT-1": ("华东", 113_0000)}, {"HT-2": ("华北", 226_0000)}
    for code in (None, "E1", "N1"):
        if code:
            closed(cast, code)
        assert receivables(as_user("zhang")) == east | north
        assert (receivables(as_user("li")), receivables(as_user("zhao"))) == (east, north)
    assert receivables(as_user("wang")) == {"HT-1": ("江苏客户经理1", 113_0000)}


@pytest.mark.usefixtures("signed_by_seats")
def test_a_seat_belongs_where_it_moved_and_what_ended_below_a_unit_follows_it(as_user, cast):
    day = timezone.localdate() - timedelta(30)
    team = Member.objects.create(axis="org", kind=Kind.UNIT, code="TEAM", opened_on=day)
    MemberDetail.objects.create(member=team, name="一部", valid_from=day)
    days = {"tree": cast.tree, "valid_from": day}
    stood = Placement.objects.create(member=team, parent=cast.members["EAST"], **days)
    cast.members["E1"].placements.update(valid_to=day)
    Placement.objects.create(member=cast.members["E1"], parent=team, **days)
    closed(cast, "E1")
    assert [*receivables(as_user("li"))] == ["HT-1"]
    Placement.objects.filter(pk=stood.pk).update(parent=cast.members["NORTH"])
    assert receivables(as_user("li")) == {}
    assert [*receivables(as_user("zhao"))] == ["HT-2", "HT-1"]


@pytest.mark.usefixtures("home")
def test_a_region_that_ended_takes_no_name_from_the_one_that_stands(as_user, cast):
    own = receivables(as_user("li"))
    old = Member.objects.create(axis="org", kind=Kind.UNIT, code="OLD", opened_on=date(2020, 1, 1))
    ended = {"valid_from": date(2020, 1, 1), "valid_to": date(2021, 1, 1)}
    MemberDetail.objects.create(member=old, name="华东", **ended)
    Placement.objects.create(tree=cast.tree, member=old, parent=cast.members["HQ"], **ended)
    assert receivables(as_user("li")) == own
    assert {region for region, _ in own.values()} == {"华东"}
    cast.members["EAST"].details.update(name="华东大区")
    assert [*receivables(as_user("li"))] == [*own]


@pytest.mark.usefixtures("home")
def test_a_balance_leads_to_its_contracts(as_user):
    answer = shown(as_user("sun"), "reconciliation_lines", figure="receivable_closing")
    found = [(one["contract"], one["amount"]) for one in answer.context["contracts"]]
    assert found == [("HT-A", 113_000_0000), ("HT-E", 49_999_9900), ("HT-B", 27_250_0000)]
    assert answer.context["amount"] == 190_249_9900
    assert "contract=HT-A" in answer.content.decode()
    assert shown(as_user("sun"), period="2020").status_code == 200


@pytest.mark.usefixtures("home")
def test_finance_types_a_control_total_and_it_takes_the_place_of_the_last(as_user):
    finance = as_user("sun")
    address = reverse("reconciliation_control") + "?period=2026"
    for amount in ("180,000", "203,400"):
        told = {"figure": "invoiced", "amount": amount, "contract": "HT-D"}
        assert finance.post(address, told).status_code == 302
    (one,) = [
        one for _word, one, _reason, _lines in shown(finance).context["checks"] if one.contract
    ]
    assert (one.control, one.difference) == (203_400_0000, 0)
    assert AuditRow.objects.filter(action="facts.import").count() == 2
    wrong = finance.post(address, {"figure": "invoiced", "amount": "many"}, follow=True)
    assert "many" in wrong.content.decode()
    assert as_user("ops").post(address, told).status_code == 403
    assert as_user("li").post(address, told).status_code == 403


def test_without_papers_the_page_says_what_to_import(as_user, settings, tmp_path):
    settings.HOME = tmp_path
    assert "请先导入合同行" in shown(as_user("sun")).content.decode()
