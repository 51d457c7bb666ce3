"""backup and restore: consistent under load, verified, and never over what is there."""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import subprocess
import threading
import time
import zipfile
from contextlib import closing, contextmanager

import pytest

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.web.config.archive import BackupRefused, read_manifest
from quotaloom.web.config.backup import back_up, restore
from quotaloom.web.config.database import database
from quotaloom.web.config.occupation import occupied
from tests.support.counts import examples
from tests.support.disk import small_disk
from tests.support.site import web

__all__ = ["small_disk"]
MEMBERS = {"quotaloom.sqlite3", "secret.key", "plans/p1/cells.parquet", "uploads/订单 一.csv"}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A migrated home with a ledger whose sum is always nought."""
    home = tmp_path_factory.mktemp("a home") / "数据"
    done = web(home, "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(home / "quotaloom.sqlite3")) as line:
        line.execute("create table ledger (amount integer)")
        line.execute("insert into audit_audithead (id, number, hash) values (1, 0, 'h0')")
        line.commit()
    for name in MEMBERS - {"quotaloom.sqlite3", "secret.key"}:
        (home / name).parent.mkdir(exist_ok=True, parents=True)
        (home / name).write_bytes(random.Random(name).randbytes(200_000))
    (home / "static").mkdir(exist_ok=True)
    (home / "static/base.css").write_text("a{}", encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def backup(migrated, tmp_path_factory):
    """A backup of it."""
    path = tmp_path_factory.mktemp("backups") / "一.qlbackup"
    back_up(path, migrated, database("", migrated))
    return path


def restored(path, home):
    return restore(path, home, database("", home))


@contextmanager
def writing(home):
    """Transactions that move money within the ledger and the audit head with it."""
    still, count = threading.Event(), [0]

    def write():
        with closing(sqlite3.connect(home / "quotaloom.sqlite3", timeout=20)) as line:
            line.execute("pragma synchronous=off")
            while not still.is_set():
                count[0] += 1
                with line:
                    line.execute("insert into ledger values (?)", [count[0]])
                    line.execute("insert into ledger values (?)", [-count[0]])
                    changed = "number = number + 1, hash = 'h' || (number + 1)"
                    line.execute(f"update audit_audithead set {changed}")  # noqa: S608 - ours

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield count
    finally:
        still.set()
        thread.join()


def test_what_is_restored_is_what_was_there(migrated, backup, tmp_path):
    manifest = restored(backup, tmp_path / "neu")
    assert set(manifest["members"]) == MEMBERS
    for name in MEMBERS - {"quotaloom.sqlite3"}:
        assert (tmp_path / "neu" / name).read_bytes() == (migrated / name).read_bytes()
    assert (tmp_path / "neu/secret.key").stat().st_mode & 0o777 == 0o600
    assert backup.stat().st_mode & 0o777 == 0o600
    assert not list(backup.parent.glob(".*"))


def test_the_manifest_tells_each_member_and_the_audit(migrated, backup):
    manifest = read_manifest(backup)
    told = manifest["members"]["uploads/订单 一.csv"]
    content = (migrated / "uploads/订单 一.csv").read_bytes()
    assert told == {"size": 200_000, "sha256": hashlib.sha256(content).hexdigest()}
    assert manifest["audit"]["hash"].startswith("h")
    assert manifest["database"] == "sqlite"


@pytest.mark.heavy
def test_each_snapshot_under_load_is_of_one_moment(migrated, tmp_path):
    with writing(migrated) as count:
        for number in range(20):
            path, home = tmp_path / f"{number}.qlbackup", tmp_path / f"home {number}"
            before = count[0]
            manifest = back_up(path, migrated, database("", migrated))
            assert restored(path, home)["audit"] == manifest["audit"]
            with closing(sqlite3.connect(home / "quotaloom.sqlite3")) as line:
                total, rows = line.execute("select total(amount), count(*) from ledger").fetchone()
                audit = line.execute("select number from audit_audithead").fetchone()[0]
            assert (total, rows) == (0, 2 * audit)
            assert audit == manifest["audit"]["number"]
            assert before - 1 <= rows / 2 <= count[0]
            path.unlink()


def test_a_change_of_any_byte_is_found(backup, tmp_path):
    content, chance = backup.read_bytes(), random.Random(17)
    places = [0, len(content) - 1, len(content) - 64, len(content) - 65, len(content) - 80]
    places += [chance.randrange(len(content)) for _ in range(100 - len(places))]
    found = 0
    for place in places:
        spoilt = bytearray(content)
        spoilt[place] ^= chance.randrange(1, 256)
        (tmp_path / "spoilt").write_bytes(spoilt)
        with pytest.raises(BackupRefused):
            restored(tmp_path / "spoilt", tmp_path / "neu")
        found += not (tmp_path / "neu").exists()
    assert found == 100


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 1000, -1])
def test_a_cut_backup_is_refused(backup, tmp_path, size):
    content = backup.read_bytes()
    (tmp_path / "cut").write_bytes(content[: size if size >= 0 else len(content) + size])
    with pytest.raises(BackupRefused):
        restored(tmp_path / "cut", tmp_path / "neu")


def sealed(path, members):
    """A backup with a true digest and whatever inside."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
        archive.comment = b"0" * 64
    content = path.read_bytes()[:-64]
    path.write_bytes(content + hashlib.sha256(content).hexdigest().encode())


def test_what_a_killed_backup_left_is_swept_after_a_day(migrated, tmp_path):
    for name, age in ((".quotaloom-old", 25 * 3600), (".quotaloom-new", 60)):
        for path in (tmp_path / name, tmp_path / f"{name}.qlbackup"):
            path.mkdir() if path.suffix == "" else path.touch()
            os.utime(path, (time.time() - age,) * 2)
    back_up(tmp_path / "a.qlbackup", migrated, database("", migrated))
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [".quotaloom-new", ".quotaloom-new.qlbackup", "a.qlbackup"]


@pytest.mark.parametrize("name", ["../out", "/tmp/out", "a/../../out", "..\\out"])  # noqa: S108
def test_a_member_that_points_outside_is_refused(tmp_path, name):
    digest = hashlib.sha256(b"x").hexdigest()
    told = f'{{"format": 1, "members": {{"{name}": {{"size": 1, "sha256": "{digest}"}}}}}}'
    sealed(tmp_path / "bad", {name: "x", "manifest.json": told.replace("\\", "\\\\")})
    with pytest.raises(BackupRefused) as refused:
        restored(tmp_path / "bad", tmp_path / "inner/neu")
    assert refused.value.findings[0].code == "backup.stray_member"
    assert not (tmp_path / "inner/out").exists()


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"a": "b"}, "backup.unreadable"),
        ({"manifest.json": '{"format": 99, "members": {}}'}, "backup.newer"),
        ({"manifest.json": "[]"}, "backup.unreadable"),
        ({"manifest.json": "no json"}, "backup.unreadable"),
    ],
)
def test_what_is_no_backup_is_refused(tmp_path, members, code):
    sealed(tmp_path / "bad", members)
    with pytest.raises(BackupRefused) as refused:
        restored(tmp_path / "bad", tmp_path / "neu")
    assert refused.value.findings[0].code == code


def test_a_home_that_holds_something_is_never_overwritten(migrated, backup, tmp_path):
    with pytest.raises(BackupRefused):
        restored(backup, migrated)
    with occupied(tmp_path / "neu"), pytest.raises(BackupRefused):
        restored(backup, tmp_path / "neu")
    (tmp_path / "empty").mkdir()
    assert restored(backup, tmp_path / "empty")


def test_a_home_without_a_database_is_told(tmp_path):
    with pytest.raises(BackupRefused):
        back_up(tmp_path / "x", tmp_path, database("", tmp_path))
    assert not (tmp_path / "x").exists()


def test_the_verbs_say_what_they_did(migrated, tmp_path):
    made = web(migrated, "backup", str(tmp_path / "a.qlbackup"))
    assert (made.returncode, "4 files" in made.stdout) == (0, True), made.stderr
    back = web(tmp_path / "neu", "restore", str(tmp_path / "a.qlbackup"))
    assert (back.returncode, "each verified" in back.stdout) == (0, True), back.stderr
    again = web(tmp_path / "neu", "restore", str(tmp_path / "a.qlbackup"))
    assert again.returncode == 3
    assert "never overwritten" in again.stderr


@pytest.mark.heavy
def test_a_full_disk_leaves_the_old_backup_and_the_database_as_they_were(
    migrated, backup, small_disk
):
    kept, size = backup.read_bytes(), backup.stat().st_size
    target = small_disk / "b.qlbackup"
    target.write_bytes(kept)
    refused, tried = 0, 2 * examples(20)
    for step in range(examples(20)):
        filler, home = small_disk / "filler", small_disk / f"home {step}"
        free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
        with filler.open("wb") as file:
            file.truncate(0)
            file.write(bytes(max(0, free - size * (step + 1) // 8)))
        for act in (
            lambda: back_up(target, migrated, database("", migrated)),
            lambda home=home: restored(target, home),
        ):
            try:
                act()
                tried -= 1
            except (QuotaLoomError, sqlite3.OperationalError) as cause:
                refused += "full" in str(cause)
            assert read_manifest(target)
        filler.unlink()
        assert restored(target, small_disk / "after")
        for home_left in small_disk.glob("[ha]*"):
            subprocess.run(["rm", "-r", str(home_left)], check=True)
        assert not list(small_disk.glob(".*"))
    assert refused == tried >= examples(20) // 2
