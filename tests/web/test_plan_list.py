"""The list of plans."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

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
