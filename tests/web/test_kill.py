"""kill -9 inside the write phase of a plan, a backup and a migration: before or after, not half."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from quotaloom.web.config.archive import read_manifest
from quotaloom.web.config.backup import restore
from quotaloom.web.config.database import database
from tests.support.counts import FULL
from tests.support.halted import house, over, rows
from tests.support.small_plan import orders_file

__all__ = ["house"]
pytestmark = pytest.mark.heavy
PLAN_POINTS, BACKUP_POINTS, MIGRATION_POINTS = 7, 40, 30  # that are surely reached
KILLS = 200 if FULL else 10
ACCOUNT = "0" * 32
EARLIER = ("plans", "0001"), ("jobs", "0001"), ("accounts", "0002")
SCHEMA = "select type, name, tbl_name, sql from sqlite_master order by type, name"


def plans(house):
    """The plans that are there to be seen, each with the digest of its cells."""
    return rows(house, "select name, digest from plans_plan")


def test_a_plan_is_there_whole_or_not_at_all(house, tmp_path):
    file, chance = orders_file(tmp_path), random.Random(11)
    house.begin()
    (job,) = house.ask("plan_job", file)
    assert over(house, job) == ("done", 1)
    one = plans(house)
    for number in range(1, KILLS + 1):
        allowed = (one * number, one * (number + 1))
        point = chance.randint(1, PLAN_POINTS)
        house.killed(("plan_job", file), point, state=plans, allowed=allowed)
        assert plans(house) == one * (number + 1)
    folders = [path.name for path in (house.home / "plans").iterdir()]
    assert len(folders) == KILLS + 1  # nothing of the killed is left behind
    assert not [name for name in folders if name.startswith(".")]
    noted = rows(house, "select count(*) from audit_auditrow where action = 'plan.create'")
    assert noted == [(KILLS + 1,)]
    house.ask("audit_verify")


def test_a_backup_is_the_old_one_or_the_new_one(house, tmp_path):
    target, chance = tmp_path / "backups/a.qlbackup", random.Random(12)
    for number in range(BACKUP_POINTS):
        part = house.home / f"uploads/{number}/part.csv"
        part.parent.mkdir(parents=True)
        part.write_bytes(chance.randbytes(20_000))
    target.parent.mkdir()
    house.ask("backup", target)
    stopped = 0
    for number in range(KILLS):
        before = target.read_bytes()
        stopped += house.ended_at(chance.randint(1, BACKUP_POINTS), "backup", target)
        assert target.read_bytes() == before
        assert [path.name for path in target.parent.glob("[!.]*")] == [target.name]
        if number % 10 == 0:
            house.ask("backup", target)
            assert read_manifest(target)["members"]
    assert stopped == KILLS
    assert restore(target, tmp_path / "new", database("", tmp_path / "new"))


def test_an_upgrade_goes_on_where_it_was_cut(house):
    wanted, chance = rows(house, SCHEMA), random.Random(13)
    for app, name in EARLIER:
        house.ask("migrate", app, name, "--verbosity", "0")
    store = house.home / "quotaloom.sqlite3"
    with closing(sqlite3.connect(store)) as line:
        line.execute(
            "insert into accounts_user (id, password, is_superuser, username, first_name,"
            " last_name, email, is_staff, is_active, date_joined, sso_only)"
            " values (?, '', 0, 'li', '', '', '', 0, 1, '2026-01-01', 0)",
            [ACCOUNT],
        )
        line.execute(
            "insert into mfa_authenticator (user_id, type, data, created_at)"
            " values (?, 'totp', ?, '2026-01-01')",
            [ACCOUNT, '{"secret": "JBSWY3DP"}'],
        )
        line.commit()
        line.execute("pragma wal_checkpoint(truncate)")
    old, stopped = store.read_bytes(), 0
    for _ in range(KILLS):
        for left in house.home.glob("quotaloom.sqlite3*"):
            left.unlink()
        store.write_bytes(old)
        stopped += house.ended_at(chance.randint(1, MIGRATION_POINTS), "migrate")
        assert rows(house, "pragma integrity_check") == [("ok",)]
        assert rows(house, "select username from accounts_user") == [("li",)]
        house.ask("migrate", "--verbosity", "0")
        assert rows(house, SCHEMA) == wanted
        ((data,),) = rows(house, "select data from mfa_authenticator")
        assert data.count("sealed1:") == 1
    assert stopped == KILLS
