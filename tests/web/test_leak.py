"""What happens on hidden figures leaves every answer about a plan as it was, byte by byte."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from quotaloom.web.colleagues import presence
from quotaloom.web.ui.policy import PROGRAM
from tests.support.doors import addresses, steady

pytestmark = [pytest.mark.django_db, pytest.mark.store]
EAST, NORTH = '["华东"]', '["华北"]'
OF_A_PLAN = sorted(
    {(one.name, one.policy == PROGRAM) for one in addresses() if one.takes == ("plan_id",)}
)
HIDDEN = (  # what others do to figures that 李经理 does not see: verb, fields
    ("desk_edit", {"path": NORTH, "typed": "+50%"}),
    ("desk_edit", {"path": NORTH, "period": "2027Q2", "typed": "1.2万"}),
    ("desk_edit", {"path": NORTH, "act": "hold", "reason": "机密"}),
    ("desk_edit", {"act": "release", "seq": "4"}),
    ("desk_undo", {}),
    ("desk_redo", {}),
    ("comment_say", {"path": NORTH, "text": "机密"}),
    ("plan_here", {"path": NORTH, "period": "2027Q2"}),
)
ASKED = (  # what 李经理 asks by forms without writing
    ("desk_preview", {"path": EAST, "typed": "+5%"}),
    ("desk_preview", {"path": NORTH, "typed": "+5%"}),
    ("desk_compare", {"path": EAST, "typed": "+5%", "was": "0"}),
    ("plan_here", {"path": EAST}),
)


@pytest.fixture(autouse=True)
def nobody_leaves(monkeypatch):
    """Whoever is at a plan stays there, however long the questions take."""
    monkeypatch.setattr(presence, "EXPIRES", timedelta(hours=1))
    monkeypatch.setattr(presence, "REWRITTEN", timedelta(hours=1))


@pytest.fixture(autouse=True)
def always_the_same_minute(monkeypatch):
    """A workbook says when it was downloaded; here that is one and the same minute."""
    now = timezone.localtime()
    monkeypatch.setattr(timezone, "localtime", lambda *asked: localtime(*asked) if asked else now)


@pytest.fixture
def answers(cast, as_user, program, plan):
    """Everything that 李经理 may learn of the plan, by address."""
    for role in cast.roles.values():
        if "plans.read" in role.permissions:
            role.permissions = [*role.permissions, "plans.write", "plans.export"]
            role.save()
    reader, scripts = as_user("li"), program("li")

    def told():
        found = {}
        for name, is_program in OF_A_PLAN:
            client = scripts if is_program else reader
            asked = {} if is_program else {"path": EAST}
            found[name] = body(client.get(reverse(name, args=[plan.pk]), asked))
        for number, (name, form) in enumerate(ASKED):
            found[name, number] = body(posted(reader, plan, name, form))
        return found

    return told


def posted(client, plan, name, form):
    where = reverse(name, args=[plan.pk]) + "?unit=yuan"
    return client.post(where, {"seen": "", "open": "[]", **form})


def body(answer):
    """The status and the body, a workbook by its parts without the time of its making."""
    if not getattr(answer, "streaming", False):
        raw = answer.content
    else:
        raw = b"".join(answer.streaming_content)
    if raw[:2] != b"PK":
        return answer.status_code, steady(answer) if raw is answer.content else raw
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        parts = sorted(set(book.namelist()) - {"docProps/core.xml"})
        return answer.status_code, [book.read(part) for part in parts]


def test_hidden_figures_may_change_without_a_trace(answers, as_user, plan):
    assert (
        "position"
        in posted(as_user("li"), plan, "desk_edit", {"path": EAST, "typed": "+10%"}).json()
    )
    posted(as_user("zhang"), plan, "plan_here", {})
    answers()
    before = answers()
    opened = [name for name, (status, _) in before.items() if status == 200]
    assert {"plan", "plan_rows", "plan_export", "desk_past", "comments", "api:nodes"} <= set(opened)
    for name, form in HIDDEN:
        told = posted(as_user("zhang"), plan, name, form)
        assert told.status_code == 200, (name, form)
        assert name not in {"desk_edit", "desk_undo", "desk_redo"} or "position" in told.json()
        after = answers()
        assert [where for where in before if after[where] != before[where]] == [], (name, form)


def test_the_same_answers_change_with_what_is_seen(answers, as_user, plan):
    posted(as_user("li"), plan, "desk_edit", {"path": EAST, "typed": "+10%"})
    answers()
    before = answers()
    posted(as_user("zhang"), plan, "desk_edit", {"path": EAST, "period": "2027Q2", "typed": "+5%"})
    after = answers()
    assert {"plan", "plan_rows", "plan_export", "desk_rows", "desk_past", "api:nodes"} <= {
        where for where in before if after[where] != before[where]
    }
    assert json.loads(after["api:edits"][1])["total"] == 2


@pytest.mark.parametrize("period", ["2027Q2", "2099"])
def test_a_name_that_is_hidden_is_told_as_one_that_is_not_there(as_user, plan, period):
    def told(who, place):
        paths, periods = json.dumps([[place]]), json.dumps([period])
        block = {"act": "paste", "block": "5", "paths": paths, "periods": periods}
        figure = {"path": json.dumps([place]), "period": period, "typed": "5"}
        hold, bound = figure | {"act": "hold"}, figure | {"act": "bound", "low": "1"}
        answers = [
            posted(as_user(who), plan, verb, form).json()["findings"]
            for verb in ("desk_preview", "desk_edit")
            for form in (figure, block, hold, bound)
        ]
        return str(answers).replace(place, "—")

    assert told("li", "华北") == told("li", "华南")
    if period == "2027Q2":
        assert "对应不到唯一的成员" in told("zhang", "华南")
