"""The cockpit on facts too many to be held: the same page, and nobody waits for its sums."""

from __future__ import annotations

import polars as pl
import pytest

from quotaloom.cycle.facts.request import ImportRequest
from quotaloom.cycle.facts.take import take
from quotaloom.warehouse.marts import shelf_file
from quotaloom.web.cockpit.ahead import sums_ahead
from quotaloom.web.cockpit.filed import filed, sums_file
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.jobs.chore import CHORES
from quotaloom.web.plans import kept
from tests.support.boards import released
from tests.web.test_cockpit import LINES, RULES, amounts, shown

pytestmark = [pytest.mark.django_db, pytest.mark.store]
HEAD, *ROWS = LINES.splitlines()
WHEN = "2026-07-01T00:00:00+00:00"


def imported(folder, *rows):
    path = folder / "订单.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    asked = ImportRequest(files=(path,), into="order_lines", append=True)
    return take(facts_shelf(), asked, author="x").entry


@pytest.fixture(params=[1, 10**6], ids=["large", "small"])
def home(db, request, settings, tmp_path, monkeypatch):  # noqa: ARG001 - opens the database
    """A plan of 2026 in force, and orders of its first half in two imports."""
    monkeypatch.setattr(shelf_file, "WORTH", request.param)
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    released(tmp_path, total="360000").rename(tmp_path / "released")
    (settings.HOME / "editions").mkdir()
    (tmp_path / "released").rename(settings.HOME / "editions" / "2026")
    imported(tmp_path, *ROWS[:2])
    imported(tmp_path, *ROWS[2:])
    return settings.HOME


def afresh(client, **asked):
    """The page of a process that has just begun."""
    kept._ANSWERS.clear()
    return shown(client, **asked)


def marts(home):
    return sorted(one.name.partition("-")[0] for one in home.glob("batches/.marts/cockpit*"))


def test_the_worker_makes_the_sums_that_the_page_reads(as_user, home, tmp_path):
    director = as_user("zhang")
    before = afresh(director).context
    assert marts(home) == []
    sums_ahead()
    is_large = shelf_file.WORTH == 1
    assert marts(home) == (["cockpit.crossed", "cockpit.daily"] if is_large else [])
    after = afresh(director).context
    assert (before["rows"], before["table"]) == (after["rows"], after["table"])
    imported(tmp_path, "2026-06-21,D9,1,H9,华北,北京,N1,终端,丁公司,500")
    unready = afresh(director).context
    assert unready["standing"].credit == 190_000_01
    assert CHORES["cockpit.sums"] is sums_ahead


def test_a_batch_taken_back_changes_the_page_at_once(as_user, home):  # noqa: ARG001
    director = as_user("zhang")
    assert shown(director).context["standing"].credit == 189_500_01
    facts_shelf().undo(1, author="x", time=WHEN)
    assert shown(director).context["standing"].credit == 99_500_01


@pytest.mark.parametrize("rules", [RULES, RULES.replace("50%", "60%"), "", "two"])
def test_rules_credit_many_lines_as_they_do_few(as_user, home, rules):
    two = "规则,客户,产品,岗位,份额\n甲,甲公司,,E1,100%\n台,,平台,N1,100%\n"
    if rules:
        (home / "assignments.csv").write_text(two if rules == "two" else rules, encoding="utf-8")
    answer = shown(as_user("zhang"))
    north = 64_500_00 if rules == RULES else 19_500_00
    assert amounts(answer) == {"华东": 189_500_01 - north, "华北": north}
    has_faults = bool(answer.context["seen"].lines.rules.faults)
    assert has_faults == (rules not in (RULES, ""))
    told = shown(as_user("zhao"), "cockpit_explain").context
    assert told["exact"] == north * 100
    assert {one["order"] for one in told["lines"]} >= {"D3", "T3"}


def test_filed_sums_are_read_and_not_made_again(db, settings, tmp_path):  # noqa: ARG001
    settings.HOME = tmp_path
    one = pl.DataFrame({"credit": [1, 2]})
    sums_file("daily", ("key", 1), lambda: one)
    assert filed("daily", ("key", 1), pytest.fail).equals(one)
    other = one.reverse()
    assert filed("daily", ("key", 2), lambda: other).equals(other)
