"""Scenarios, editions and edits of the small plan, made as the pages make them."""

from __future__ import annotations

import json

from django.urls import reverse

from quotaloom.web.audit.services import Actor
from quotaloom.web.plans.models import Plan
from quotaloom.web.plans.selectors import plan_seen
from quotaloom.web.versions.models import Edition
from quotaloom.web.versions.release import Wish, edition_release, release_look
from quotaloom.web.versions.scenario import Copy, scenario_copy
from quotaloom.web.versions.version import version_seen

EAST, NORTH = ["华东"], ["华北"]


def typed(client, plan, text, path=(), period="", **more):
    """Type into a figure of a plan, in 元; it has to be written. ``more`` as the page asks."""
    asked = {"path": json.dumps(list(path)), "period": period, "open": "[]", "seen": ""}
    address = reverse("desk_edit", args=[plan.pk]) + "?unit=yuan"
    told = client.post(address, asked | {"typed": text, **more}).json()
    assert "position" in told, told
    return told


def figure(client, plan, path, column=0):
    """A node's figure in 分, as the plan page tells it."""
    asked = {"path": json.dumps(path[:-1]), "deep": 1}
    rows = client.get(reverse("plan_rows", args=[plan.pk]), asked).json()["rows"]
    return next(row for row in rows if row["p"] == path)["v"][column]


def scenario(user, plan, name="乐观", growth="", mark=""):
    """A scenario of a plan, or of one of its versions."""
    version = version_seen(user, f"{plan.pk}{mark}")
    told = {"wish": Copy(name, "试算", growth), "actor": Actor(str(user.pk))}
    return scenario_copy(user=user, version=version, **told)


def edition(user, plan, name="年度目标", period="2027-01"):
    """The plan as it stands, released."""
    actor = Actor(str(user.pk))
    _, position = release_look(seen=plan_seen(user, plan.pk))
    wish = Wish(name, period, "董事会通过", position)
    made = edition_release(user=user, seen=plan_seen(user, plan.pk), wish=wish, actor=actor)
    assert Edition.objects.filter(plan=Plan(pk=plan.pk)).exists()
    return made
