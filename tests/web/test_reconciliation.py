"""口径对账 in the browser: who sees it, how it closes, and what each difference leads to."""

from __future__ import annotations

import pytest
from django.urls import reverse

from quotaloom.cycle.demo_company.books import import_books
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.data.shelf import facts_shelf

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


@pytest.mark.usefixtures("home")
def test_only_who_sees_everything_sees_the_books(as_user):
    for name in ("li", "wang"):
        assert shown(as_user(name)).status_code == 404
        assert shown(as_user(name), "reconciliation_export").status_code == 404
    assert shown(as_user("stranger")).status_code == 403
    assert shown(as_user("zhang"), period="soon").status_code == 404


@pytest.mark.usefixtures("home")
def test_finance_types_a_control_total_and_it_takes_the_place_of_the_last(as_user):
    finance = as_user("sun")
    address = reverse("reconciliation_control") + "?period=2026"
    for amount in ("180,000", "203,400"):
        told = {"figure": "invoiced", "amount": amount, "contract": "HT-D"}
        assert finance.post(address, told).status_code == 302
    (one,) = [one for _word, one, _lines in shown(finance).context["checks"] if one.contract]
    assert (one.control, one.difference) == (203_400_0000, 0)
    assert AuditRow.objects.filter(action="facts.import").count() == 2
    wrong = finance.post(address, {"figure": "invoiced", "amount": "many"}, follow=True)
    assert "many" in wrong.content.decode()
    assert as_user("ops").post(address, told).status_code == 403


def test_without_papers_the_page_says_what_to_import(as_user, settings, tmp_path):
    settings.HOME = tmp_path
    assert "请先导入合同行" in shown(as_user("sun")).content.decode()
