"""Permissions of a new version reach the built-in roles of a database that is there already."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from quotaloom.web.audit.models import AuditRow
from quotaloom.web.org.access_offer import FIRST, note_offered, offer_permissions
from quotaloom.web.org.access_roles import builtin_role
from quotaloom.web.org.models import Grant, Role
from quotaloom.web.org.roles import ADMINISTRATIONS, ROLES
from quotaloom.web.ui.permissions import PERMISSIONS
from tests.support.own_database import FILE, migrated
from tests.support.site import web

__all__ = ["migrated"]
NEW = [one for one in ROLES["director"][2] if one not in FIRST]


@pytest.fixture
def director(db):  # noqa: ARG001 - opens the database
    """The role of a database of the first version, that kept no note."""
    first = [one for one in ROLES["director"][2] if one in FIRST]
    return Role.objects.create(code="director", is_builtin=True, permissions=first)


def offered(role):
    """What the role allows after an upgrade."""
    offer_permissions()
    role.refresh_from_db()
    return role.permissions


def told():
    rows = AuditRow.objects.filter(action="role.offer")
    return [(row.subject, json.loads(row.params)["added"]) for row in rows]


@pytest.mark.store
def test_an_old_role_gains_what_is_new_and_it_is_audited(director):
    assert NEW
    assert set(offered(director)) == set(ROLES["director"][2])
    assert told() == [("role:director", [one for one in PERMISSIONS if one in NEW])]


@pytest.mark.store
def test_what_was_taken_away_stays_away(director):
    offered(director)
    director.permissions = ["plans.read"]
    director.save()
    assert offered(director) == ["plans.read"]
    assert len(told()) == 1


@pytest.mark.store
def test_what_was_taken_away_before_any_note_was_kept_stays_away(director):
    director.permissions = ["org.read"]
    director.save()
    assert set(offered(director)) == {"org.read", *NEW}


@pytest.mark.store
@pytest.mark.django_db
def test_a_role_that_starts_with_a_version_is_offered_nothing_of_it():
    role = builtin_role("finance")
    role.permissions = []
    role.save()
    assert offered(role) == []


@pytest.mark.store
@pytest.mark.django_db
def test_a_role_of_the_company_s_own_is_left_alone():
    own = Role.objects.create(code="director", permissions=["org.read"])
    assert offered(own) == ["org.read"]


@pytest.mark.store
def test_nobody_gets_a_second_administration_by_an_upgrade(director, cast_user, monkeypatch):
    monkeypatch.setitem(ADMINISTRATIONS, "plans", frozenset(NEW))
    audit = builtin_role("audit_admin")
    since = date(2024, 1, 1)
    for role in (director, audit):
        Grant.objects.create(user=cast_user, role=role, valid_from=since)
    assert not set(NEW) & set(offered(director))
    Grant.objects.filter(role=audit).delete()
    assert set(NEW) <= set(offered(director))


@pytest.fixture
def cast_user(django_user_model):
    return django_user_model.objects.create(username="li")


def test_an_upgrade_of_a_real_database_gives_them(migrated, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(migrated, home)
    assert web(home, "migrate", "accounts", "0003", "--verbosity", "0").returncode == 0
    with closing(sqlite3.connect(home / FILE)) as line:
        line.execute(
            "insert into org_role (code, name_zh, name_en, permissions, is_builtin)"
            """ values ('director', '总监', 'Director', '["plans.read"]', 1)"""
        )
        line.commit()
    done = web(home, "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(home / FILE)) as line:
        ((permissions,),) = line.execute("select permissions from org_role").fetchall()
    assert set(json.loads(permissions)) == {"plans.read", *NEW}


@pytest.mark.django_db
def test_a_note_of_one_role_leaves_the_others():
    for code in ("director", "finance"):
        note_offered(Role.objects.create(code=code, is_builtin=True))
    for role in Role.objects.all():
        assert offered(role) == []
