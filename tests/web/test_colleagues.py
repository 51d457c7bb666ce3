"""Several people at one plan: who learns of whom, and who reads which comment."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from quotaloom.web.audit.models import AuditRow
from quotaloom.web.colleagues.models import Comment, Presence, Thread
from quotaloom.web.colleagues.presence import ALONE, EXPIRES, next_look

pytestmark = [pytest.mark.django_db, pytest.mark.store]
EAST, NORTH, E1 = ["华东"], ["华北"], ["华东", "江苏", "E1"]


class Visitor:
    """Somebody with the page of a plan before her."""

    def __init__(self, client, plan):
        self.client, self.plan = client, plan

    def post(self, name, path=None, **more):
        asked = more if path is None else {"path": json.dumps(path), **more}
        return self.client.post(reverse(name, args=[self.plan.pk]), asked)

    def here(self, path=None, period="", **more):
        """Who else is there, with the words of where."""
        told = self.post("plan_here", path, period=period, **more).json()
        return [(one["name"], one["at"] and one["at"]["words"]) for one in told["people"]]

    def say(self, text, path=(), **more):
        return self.post("comment_say", path, text=text, **more)

    def panel(self, path=(), **more):
        address = reverse("comments", args=[self.plan.pk])
        return self.client.get(address, {"path": json.dumps(path), **more}).content.decode()

    def marks(self):
        told = self.post("plan_here").json()["marks"]
        return {(one["words"], one["count"]) for one in told}


@pytest.fixture
def visitor(as_user, plan):
    return lambda name: Visitor(as_user(name), plan)


def test_each_learns_who_works_where_on_what_she_sees(visitor, cast):
    li, zhang, zhao = visitor("li"), visitor("zhang"), visitor("zhao")
    assert li.here(EAST, "2027Q2") == []
    assert zhao.here(NORTH) == []
    assert zhang.here([*NORTH, "北京"]) == [
        (cast.li.shown_name, "华东 · Q2"),
        (cast.zhao.shown_name, "华北"),
    ]
    assert li.here(EAST) == [(cast.zhang.shown_name, None)]
    assert zhao.here(NORTH) == [(cast.zhang.shown_name, "华北 · 北京")]


def test_who_sees_only_a_part_of_a_figure_does_not_learn_that_somebody_is_at_it(visitor, cast):
    visitor("li").here(EAST)
    assert visitor("wang").here() == [(cast.li.shown_name, None)]
    visitor("li").here(E1)
    assert visitor("wang").here() == [(cast.li.shown_name, "华东 · 江苏 · E1")]


def test_nobody_is_told_to_be_at_a_figure_that_she_does_not_see(visitor, cast):
    assert visitor("li").here([]) == []
    assert visitor("li").here(NORTH) == []
    assert set(Presence.objects.values_list("members", flat=True)) == {None}
    assert visitor("zhang").here() == [(cast.li.shown_name, None)]


def test_who_left_or_fell_silent_is_gone(visitor, cast):
    li, zhang = visitor("li"), visitor("zhang")
    li.here(EAST)
    assert len(zhang.here()) == 1
    li.post("plan_here", gone="1")
    assert zhang.here() == []
    li.here(EAST)
    Presence.objects.filter(user=cast.li).update(at=timezone.now() - EXPIRES)
    assert zhang.here() == []


def test_staying_where_one_is_writes_nothing_for_a_while(visitor, cast):
    li = visitor("li")
    li.here(EAST)
    first = Presence.objects.get(user=cast.li).at
    li.here(EAST)
    assert Presence.objects.get().at == first
    li.here(EAST, "2027Q1")
    assert Presence.objects.get().at > first
    Presence.objects.update(at=timezone.now() - timedelta(seconds=20))
    li.here(EAST, "2027Q1")
    assert Presence.objects.get().at > timezone.now() - timedelta(seconds=15)


def test_the_next_look_is_soon_among_few_and_no_storm_among_many():
    assert (next_look(0), next_look(1), next_look(10)) == (ALONE, 5, 5)
    assert [next_look(people) for people in (20, 300)] == [10, ALONE]


def test_a_comment_is_read_by_whoever_sees_all_of_the_figure(visitor, cast):
    visitor("li").say("请留意 <b>招标</b>", EAST, period="2027Q2")
    for name, reads in (("zhang", True), ("ops", True), ("sun", True), ("wang", False)):
        told = visitor(name).panel(EAST, period="2027Q2")
        assert ("请留意 &lt;b&gt;招标" in told, cast.li.shown_name in told) == (reads, reads), name
    assert visitor("zhang").marks() == {("华东 · Q2", 1)}
    assert visitor("wang").marks() == visitor("zhao").marks() == set()
    assert "请留意" not in visitor("zhang").panel(EAST)


@pytest.mark.parametrize("path", [NORTH, [], ["西北"], ["华东", "北京"]])
def test_a_figure_that_is_hidden_or_not_there_is_not_spoken_of(visitor, path):
    answer = visitor("li").say("x", path)
    assert (answer.status_code, Thread.objects.count()) == (200, 0)
    assert "范围" in answer.content.decode() or "scope" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "  \n", "长" * 2001])
def test_a_comment_has_a_length(visitor, text):
    assert "2000" in visitor("li").say(text, EAST).content.decode()
    assert Comment.objects.count() == 0


def test_a_thread_is_answered_settled_and_taken_up_again(visitor, cast):
    visitor("li").say("多少？", EAST)
    number = str(Thread.objects.get().pk)
    visitor("zhang").say("350 万", thread=number)
    assert visitor("zhang").marks() == {("华东", 2)}
    settled = visitor("zhang").post("comment_settle", thread=number)
    assert settled["HX-Trigger"] == "comments:changed"
    assert cast.zhang.shown_name in settled.content.decode()
    assert visitor("li").marks() == set()
    assert "350 万" in visitor("li").panel(EAST)
    visitor("li").post("comment_settle", thread=number, again="1")
    assert visitor("li").marks() == {("华东", 2)}
    told = AuditRow.objects.filter(action__startswith="plan.comment").order_by("number")
    assert [one.action for one in told] == [
        "plan.comment",
        "plan.comment",
        "plan.comment_settle",
        "plan.comment_reopen",
    ]


def test_another_s_thread_is_neither_answered_nor_settled(visitor):
    visitor("zhao").say("x", NORTH)
    number = str(Thread.objects.get().pk)
    for who, thread in (("li", number), ("li", str(uuid4())), ("zhang", "x"), ("li", "9" * 30)):
        visitor(who).say("y", thread=thread)
        visitor(who).post("comment_settle", thread=thread)
    assert Comment.objects.count() == 1
    assert Thread.objects.get().resolved_at is None


def test_the_marks_are_told_once(visitor):
    zhang = visitor("zhang")
    zhang.say("x", EAST)
    tag = zhang.post("plan_here").json()["tag"]
    assert "marks" not in zhang.post("plan_here", marks=tag).json()
    zhang.say("y", EAST)
    assert "marks" in zhang.post("plan_here", marks=tag).json()


def test_what_happens_on_hidden_figures_changes_no_answer(visitor):
    li, wang = visitor("li"), visitor("wang")
    li.say("x", EAST)

    def told():
        return [
            (one.post("plan_here").content, one.panel(EAST).partition("<form")[0])
            for one in (li, wang)
        ]

    visitor("zhang").here()
    told()
    before = told()
    visitor("zhao").here(NORTH, "2027Q1")
    visitor("zhao").say("hidden", NORTH)
    visitor("zhang").say("hidden", [*NORTH, "北京"])
    visitor("zhang").here(NORTH)
    visitor("zhang").say("of all", [])
    assert told() == before
    Thread.objects.filter(members=[["大区", "华北"]]).update(resolved_at=timezone.now())
    assert told() == before


def test_the_history_of_a_figure_tells_what_was_said_about_it(visitor, plan):
    visitor("li").say("请留意", EAST)
    address = reverse("desk_past", args=[plan.pk])
    for name, reads in (("zhang", True), ("zhao", False)):
        told = visitor(name).client.get(address, {"path": json.dumps(EAST)})
        assert ("请留意" in told.content.decode()) == reads
