"""serve: one command, two processes, nothing left behind."""

from __future__ import annotations

import os
import signal
import socket
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from quotaloom.web.config.occupation import Occupied, is_occupied, occupied
from quotaloom.web.config.ports import held_port
from quotaloom.web.config.preparation import collect
from quotaloom.web.config.start import settled
from tests.support.site import serving, web

FAST = ("--workers", 1)


def gone(site, seconds=10):
    """Whether all its processes end in time."""
    until = time.monotonic() + seconds
    while site.children() and time.monotonic() < until:
        time.sleep(0.1)
    return not site.children()


def alive(url, seconds=60):
    """What the first address answers, as soon as it does."""
    at, until = urlsplit(url), time.monotonic() + seconds
    while True:
        line = HTTPConnection(at.hostname, at.port, timeout=10)
        try:
            line.request("GET", "/healthz")
            return line.getresponse().read()
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.2)
        finally:
            line.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A prepared data folder in a path with blanks and Chinese."""
    place = tmp_path_factory.mktemp("数 据") / "my home"
    with serving(place, *FAST):
        pass
    return place


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_stops_without_a_trace(home, number):
    with serving(home, *FAST) as site:
        assert alive(site.url) == b"ok"
        assert set(site.children()) >= {"serve", "pages", "worker"}
        assert site.stop(number) == 0
    assert gone(site)
    assert "stopped.\n" in site.said


def test_what_it_keeps_is_for_its_account_only(home):
    assert home.stat().st_mode & 0o077 == 0
    assert (home / "secret.key").stat().st_mode & 0o077 == 0


def test_a_second_start_is_quick_and_changes_nothing(home):
    kept = (home / "secret.key").read_bytes()
    before = sum(os.times()[2:4])  # of children that ended: what others do meanwhile is not counted
    with serving(home, *FAST) as site:
        assert not [line for line in site.said if "preparing" in line]
    assert sum(os.times()[2:4]) - before < 20
    assert (home / "secret.key").read_bytes() == kept


def test_what_dies_begins_again(home):
    with serving(home, *FAST) as site:
        for verb in ("worker", "pages"):
            before = site.children()[verb]
            for pid in before:
                os.kill(pid, signal.SIGKILL)
            site.wait_for(f"process {verb} ended unexpectedly", 60)
            until = time.monotonic() + 60
            while set(site.children().get(verb, before)) & set(before):
                assert time.monotonic() < until
                time.sleep(0.1)
        assert alive(site.url) == b"ok"
        assert site.stop() == 0
    assert gone(site)


def test_nothing_outlives_a_killed_server(home):
    with serving(home, *FAST) as site:
        site.process.kill()
        site.process.wait()
        assert gone(site, 15)


def test_a_second_server_on_the_folder_tells_where_the_first_is(home):
    with serving(home, *FAST) as site:
        second = web(home, "serve", *map(str, FAST))
        assert second.returncode == 0
        assert site.url in second.stdout


def test_a_taken_port_is_no_obstacle(home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving(home, *FAST, "--port", port) as site:
            assert urlsplit(site.url).port != port
            assert [line for line in site.said if f"port {port} is taken" in line]


def test_two_holders_never_get_one_port():
    with held_port("127.0.0.1", 18000) as one, held_port("127.0.0.1", 18000) as other:
        assert one != other


def test_a_line_may_idle_longer_than_people_think(home):
    with serving(home, *FAST) as site:
        at = urlsplit(site.url)
        line = HTTPConnection(at.hostname, at.port, timeout=10)
        for pause in (0, 31):  # the server's own measure would be 30
            time.sleep(pause)
            line.request("GET", "/healthz")
            assert line.getresponse().read() == b"ok"
            assert line.sock is not None


def test_static_files_are_collected_where_they_changed_only(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    collect()
    first = (tmp_path / ".holds").stat().st_mtime_ns
    assert (tmp_path / "ui/base.css").exists()
    collect()
    assert (tmp_path / ".holds").stat().st_mtime_ns == first
    (tmp_path / ".holds").write_text("of another version", encoding="utf-8")
    collect()
    assert (tmp_path / ".holds").stat().st_mtime_ns != first


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"QUOTALOOM_SECRET_KEY": "changeme"}, "too weak"),
        ({"QUOTALOOM_SECRET_KEY": "a" * 60}, "too weak"),
        ({"QUOTALOOM_SECRET_KEY": "django-insecure-abcdefghijklmnopqrstuvwxyz0123456789"}, "weak"),
        ({"QUOTALOOM_SECRET_KEY_FILE": "no/such/file"}, "cannot be read"),
        ({"QUOTALOOM_DEBUG": "1"}, "for the demo only"),
        ({"QUOTALOOM_DEBUG": "perhaps"}, "neither yes nor no"),
        ({"QUOTALOOM_HOSTS": "*"}, "must not be *"),
        ({"QUOTALOOM_SESSION_HOURS": "many"}, "not a whole number"),
        ({"QUOTALOOM_DB": "mysql://a@b/c"}, "postgres://"),
        ({"QUOTALOOM_DB": "postgres://a:b@127.0.0.1:1/c"}, "cannot be reached"),
    ],
)
def test_it_refuses_what_is_unsafe_in_words(tmp_path, setting, told):
    run = web(tmp_path / "home", "serve", **setting)
    assert run.returncode == 2
    assert told in run.stderr
    assert "Traceback" not in run.stderr


def test_a_demo_is_never_served_to_others(tmp_path):
    (tmp_path / "demo.json").write_text("{}", encoding="utf-8")
    run = web(tmp_path, "serve", "--host", "0.0.0.0")  # noqa: S104 - refused
    assert run.returncode == 2
    assert "demo company" in run.stderr


def test_the_deployment_check_has_no_warning(tmp_path):
    run = web(tmp_path, "check", "--deploy", QUOTALOOM_BEHIND_TLS="1", QUOTALOOM_HOSTS="a.test")
    assert run.returncode == 0, run.stderr
    assert "no issues" in run.stdout
    assert run.stderr == ""


def test_words_before_the_settings_go_to_the_environment():
    found = {}
    words = ["serve", "--home", "a b", "--port", "1", "--db=postgres://x"]
    assert settled(words, found) == ["serve", "--port", "1"]
    assert found == {"QUOTALOOM_HOME": "a b", "QUOTALOOM_DB": "postgres://x"}


def test_behind_a_proxy_it_tells_the_address_of_the_proxy(home):
    with serving(home, *FAST, QUOTALOOM_BEHIND_TLS="1", QUOTALOOM_HOSTS="plan.test") as site:
        assert "listening on http://127.0.0.1:" in site.wait_for("listening")
        assert site.wait_for("open in your browser").strip().endswith("https://plan.test/")


def test_an_empty_house_is_offered_its_set_up(home):
    with serving(home, *FAST) as site:
        line = site.wait_for("setup/?token=")
        assert site.url in line


def test_the_lock_tells_who_holds_it(tmp_path):
    with occupied(tmp_path) as tell:
        tell("http://here/")
        assert is_occupied(tmp_path)
        with pytest.raises(Occupied) as refused, occupied(tmp_path):
            pass
        assert refused.value.address == "http://here/"
    assert not is_occupied(tmp_path)
