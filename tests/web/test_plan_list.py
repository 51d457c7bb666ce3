"""The list of plans."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from quotaloom.web.org.models import Placement
from tests.support.small_plan import small_plan

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.mark.usefixtures("cast")
def test_it_asks_a_stranger_to_sign_in():
    answer = Client().get(reverse("plan_list"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_it_tells_who_may_not_open_it(as_user):
    answer = as_user("stranger").get(reverse("plan_list"))
    assert answer.status_code == 403
    assert "plans.read" in answer.content.decode()


@pytest.mark.parametrize("name", ["zhang", "li", "wang", "ops", "sun"])
def test_it_teaches_where_there_is_no_plan(as_user, name):
    answer = as_user(name).get(reverse("plan_list"))
    assert answer.status_code == 200
    assert "还没有方案" in answer.content.decode()


@pytest.mark.parametrize("name", ["ops", "li", "zhao", "wang"])
def test_it_shows_each_user_the_sum_of_what_she_sees(cast, as_user, tmp_path, settings, name):
    settings.HOME = tmp_path / "home"
    plan = small_plan(cast.ops, tmp_path)
    answer = as_user(name).get(reverse("plan_list"), {"unit": "yuan"})
    (line,) = answer.context["shown"]
    page = as_user(name).get(reverse("plan", args=[plan.pk]))
    assert line.total == page.context["top"]["total"]
    assert (line.total == plan.total) == (name == "ops")
    assert ("1,200,000" in answer.content.decode()) == (name == "ops")


def test_it_leaves_out_a_plan_of_which_one_sees_nothing(cast, as_user, tmp_path, settings):
    settings.HOME = tmp_path / "home"
    small_plan(cast.ops, tmp_path)
    Placement.objects.all().update(valid_from=date(2099, 1, 1))
    assert "小方案" not in as_user("zhao").get(reverse("plan_list")).content.decode()
