"""doctor: each fault is found, named in both languages, and told by the exit code."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing

import pytest

from tests.support.site import serving, web


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("doctor") / "my home"
    with serving(place, "--workers", 1):
        pass
    return place


def looked(home, **more):
    """The exit code, and the findings by their code."""
    run = web(home, "doctor", "--json", **more)
    assert "Traceback" not in run.stderr
    return run.returncode, {one["code"]: one for one in json.loads(run.stdout)}


def test_a_sound_installation_has_no_error(home):
    code, found = looked(home)
    assert code == 0
    assert {one["severity"] for one in found.values()} <= {"info", "warning"}
    assert {"doctor.python", "doctor.disk", "doctor.wal", "doctor.database"} <= set(found)
    assert {"doctor.secret", "doctor.hosts", "doctor.no_demo", "doctor.time_zone"} <= set(found)


@pytest.mark.parametrize(("lang", "said"), [("zh", "✓ 时区 Asia/Shanghai"), ("en", "time zone")])
def test_it_speaks_both_languages(home, lang, said):
    run = web(home, "doctor", QUOTALOOM_LANG=lang)
    assert said in run.stdout
    assert run.returncode == 0


def test_it_changes_nothing_in_a_new_folder(tmp_path):
    code, found = looked(tmp_path / "new")
    assert (code, "doctor.no_database" in found) == (0, True)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["secret.key"]


def test_it_hears_the_worker(home):
    with serving(home, "--workers", 1):
        code, found = looked(home)
        assert (code, found["doctor.worker"]["params"]["count"]) == (0, 1)
        assert found["doctor.worker"]["params"]["seconds"] <= 10


def test_a_job_that_nobody_does_is_an_error(home):
    database = home / "quotaloom.sqlite3"
    with closing(sqlite3.connect(database)) as line:
        line.execute(
            "insert into jobs_job (id, kind, owner_id, params, state, stage, done, of,"
            " cancel_asked, is_writing, result, findings, created_at, worker, attempts) values"
            " ('a', 'k', 'b', '{}', 'queued', '', 0, 0, 0, 0, '{}', '[]', 'now', '', 0)"
        )
        line.commit()
    try:
        code, found = looked(home)
    finally:
        with closing(sqlite3.connect(database)) as line:
            line.execute("delete from jobs_job")
            line.commit()
    assert (code, "doctor.worker_gone" in found) == (1, True)


def test_a_readable_secret_is_an_error(home):
    (home / "secret.key").chmod(0o644)
    try:
        code, found = looked(home)
    finally:
        (home / "secret.key").chmod(0o600)
    assert (code, found["doctor.secret_readable"]["severity"]) == (1, "error")


def test_an_old_database_is_told(home):
    with closing(sqlite3.connect(home / "quotaloom.sqlite3")) as line:
        line.execute("delete from django_migrations where app = 'jobs' and name like '0003%'")
        line.commit()
        code, found = looked(home)
        line.execute(
            "insert into django_migrations (app, name, applied)"
            " values ('jobs', '0003_jobs_that_write', '2026-11-22')"
        )
        line.commit()
    assert (code, found["doctor.migrations_pending"]["params"]) == (0, {"count": 1})


def test_other_static_files_are_told(home):
    stamp = home / "static/.holds"
    kept = stamp.read_text(encoding="utf-8")
    stamp.write_text("other", encoding="utf-8")
    code, found = looked(home)
    stamp.write_text(kept, encoding="utf-8")
    assert (code, "doctor.static_old" in found) == (0, True)


def test_hosts_beyond_this_machine_need_tls(home):
    _, found = looked(home, QUOTALOOM_HOSTS="plan.test,127.0.0.1")
    assert found["doctor.hosts_without_tls"]["subject"] == "plan.test"
    _, found = looked(home, QUOTALOOM_HOSTS="plan.test", QUOTALOOM_BEHIND_TLS="1")
    assert "doctor.hosts" in found


def test_an_unreachable_database_is_an_error(home):
    code, found = looked(home, QUOTALOOM_DB="postgres://a:b@127.0.0.1:1/c")
    assert (code, found["serve.no_database"]["severity"]) == (1, "error")


def test_the_demo_is_told_and_its_accounts_elsewhere_are_an_error(home, tmp_path):
    (tmp_path / "demo.json").write_text("{}", encoding="utf-8")
    assert "doctor.demo" in looked(tmp_path)[1]
    made = "from quotaloom.web.accounts.models import User; User.objects.create_user"
    call = f"{made}('director', password='demo-director-2027')"
    assert web(home, "shell", "--command", call).returncode == 0
    try:
        code, found = looked(home)
    finally:
        with closing(sqlite3.connect(home / "quotaloom.sqlite3")) as line:
            line.execute("delete from accounts_user where username = 'director'")
            line.commit()
    assert (code, found["doctor.demo_accounts"]["subject"]) == (1, "director")


def test_second_factors_of_another_secret_key_are_an_error(home):
    assert looked(home)[1]["doctor.factors"]["severity"] == "info"
    user = "from quotaloom.web.accounts.models import User; u = User.objects.create_user('lost')"
    factor = (
        "from allauth.mfa.models import Authenticator as A; from allauth.mfa.utils import encrypt"
    )
    made = (
        f"{user}; {factor}; A.objects.create(user=u, type='totp', data={{'secret': encrypt('x')}})"
    )
    assert web(home, "shell", "--command", made).returncode == 0
    try:
        assert "doctor.factors" in looked(home)[1]
        other = "".join(map(chr, range(48, 110)))
        code, found = looked(home, QUOTALOOM_SECRET_KEY=other)
    finally:
        with closing(sqlite3.connect(home / "quotaloom.sqlite3")) as line:
            line.execute("delete from mfa_authenticator")
            line.execute("delete from accounts_user where username = 'lost'")
            line.commit()
    assert (code, found["doctor.factors_unreadable"]["params"]) == (1, {"count": 1})


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"QUOTALOOM_TIME_ZONE": "Mars/Olympus"}, "Mars/Olympus"),
        ({"QUOTALOOM_SECRET_KEY": "x"}, "too weak"),
        ({"QUOTALOOM_HOME": "/proc/nowhere"}, "/proc/nowhere"),
    ],
)
def test_what_stops_every_verb_is_told_in_words(tmp_path, setting, told):
    run = web(tmp_path, "doctor", **setting)
    assert run.returncode == 2
    assert told in run.stderr
    assert "Traceback" not in run.stderr


def test_a_disk_that_cannot_be_written_is_told(home):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    home.chmod(0o500)
    try:
        code, found = looked(home)
    finally:
        home.chmod(0o700)
    assert (code, "doctor.no_wal" in found) == (1, True)
