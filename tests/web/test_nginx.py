"""The sample configuration of nginx: it is read, and real requests come through it."""

from __future__ import annotations

import http.client
import re
import socket
import sqlite3
import ssl
import subprocess
import time
from contextlib import closing

import pytest

from tests.support.counts import FULL
from tests.support.proxy import HOST, SAMPLE, program, proxied, written
from tests.support.site import serving, web

PASSWORD = "quiet-harbour-41"  # noqa: S105 - of this test's account
IDLE = 70 if FULL else 3  # seconds; the sample lets a line idle for 75
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A data folder with one account."""
    program()
    place = tmp_path_factory.mktemp("nginx") / "home"
    assert web(place, "migrate", "--verbosity", "0").returncode == 0
    made = "from quotaloom.web.accounts.models import User; User.objects.create_user"
    done = web(place, "shell", "--command", f"{made}('li', password='{PASSWORD}')")
    assert done.returncode == 0, done.stderr
    return place


@pytest.fixture(scope="module")
def proxy(home, tmp_path_factory):
    """The sample before a server."""
    more = {"QUOTALOOM_BEHIND_TLS": "1", "QUOTALOOM_HOSTS": HOST}
    with serving(home, "--workers", 1, **more) as site:
        goal = re.search(r"http://127\.0\.0\.1:\d+", site.wait_for("listening"))[0]
        with proxied(tmp_path_factory.mktemp("proxy"), goal) as one:
            yield one


@pytest.fixture
def line(proxy):
    """A line to it by HTTPS, whose certificate is looked at."""
    trust = ssl.create_default_context(cafile=proxy.certificate)
    one = http.client.HTTPSConnection(HOST, proxy.https, timeout=100, context=trust)
    raw = socket.create_connection(("127.0.0.1", proxy.https))
    one.sock = trust.wrap_socket(raw, server_hostname=HOST)
    yield one
    one.close()


def asked(line, method, path, body=None, headers=None):
    line.request(method, path, body, {"Host": HOST, **(headers or {})})
    answer = line.getresponse()
    return answer, answer.read()


def signed_in(line, **headers):
    """The answer to a sign-in as a browser does it."""
    answer, page = asked(line, "GET", "/account/login/")
    cookie = re.search(r"csrftoken=[^;]+", answer.headers["Set-Cookie"])[0]
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page.decode())[1]
    body = f"login=li&password={headers.pop('password', PASSWORD)}&csrfmiddlewaretoken={token}"
    told = {"Cookie": cookie, "Referer": f"https://{HOST}/account/login/", **FORM, **headers}
    return asked(line, "POST", "/account/login/", body, told)[0]


def test_nginx_reads_the_sample_without_a_word(tmp_path):
    written(tmp_path, "http://127.0.0.1:8000/")
    words = ["-t", "-q", "-p", str(tmp_path), "-c", "nginx.conf", "-e", "error.log"]
    done = subprocess.run([program(), *words], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_plain_http_is_sent_to_https(proxy):
    with closing(http.client.HTTPConnection("127.0.0.1", proxy.http, timeout=10)) as plain:
        answer, _ = asked(plain, "GET", "/plans/?a=1")
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/plans/?a=1")


def test_a_page_comes_with_what_https_asks_for(line):
    answer, page = asked(line, "GET", "/account/login/")
    assert (answer.status, b"</html>" in page) == (200, True)
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_a_sign_in_comes_through(line):
    answer = signed_in(line)
    assert (answer.status, answer.headers["Location"]) == (302, "/")
    assert "Secure" in answer.headers["Set-Cookie"]


def test_a_form_from_elsewhere_is_refused(line):
    assert signed_in(line, Referer="https://evil.example/").status == 403


def test_static_files_are_kept_for_long_and_packed(line):
    _, page = asked(line, "GET", "/account/login/")
    address = re.search(r'href="(/static/ui/base\.[0-9a-f]+\.css)"', page.decode())[1]
    answer, body = asked(line, "GET", address, headers={"Accept-Encoding": "gzip"})
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in answer.headers["Cache-Control"]
    assert body


def test_what_a_visitor_claims_to_be_is_dropped(line, home):
    signed_in(line, password="guess", **{"X-Forwarded-For": "203.0.113.9"})  # noqa: S106
    with closing(sqlite3.connect(home / "quotaloom.sqlite3", timeout=20)) as store:
        rows = store.execute("select address from accounts_failedsignin").fetchall()
    assert set(rows) == {("127.0.0.1",)}


def test_a_visitor_does_not_talk_us_out_of_https(line):
    answer, _ = asked(line, "GET", "/account/login/", headers={"X-Forwarded-Proto": "http"})
    assert answer.status == 200


def test_a_file_of_some_size_comes_through_and_one_beyond_the_limit_does_not(line):
    long = "x" * 900_000
    assert signed_in(line, password=long).status == 200  # it came through, and is no password
    most = int(re.search(r"client_max_body_size (\d+)m", SAMPLE.read_text(encoding="utf-8"))[1])
    line.putrequest("POST", "/plans/new/", skip_host=True)
    line.putheader("Host", HOST)
    line.putheader("Content-Length", str((most + 1) * 2**20))
    line.endheaders()
    assert line.getresponse().status == 413
    assert most * 2**20 > 200 * 2**20  # QUOTALOOM_MOST_UPLOAD_MB


def test_a_line_may_idle_while_people_think(line):
    for pause in (0, IDLE, 0):
        time.sleep(pause)
        before = line.sock
        answer, body = asked(line, "GET", "/healthz")
        assert (answer.status, body) == (200, b"ok")
        assert line.sock is before is not None


def test_the_times_are_those_that_we_need(tmp_path):
    written(tmp_path, "http://127.0.0.1:8000/")
    words = ["-T", "-q", "-p", str(tmp_path), "-c", "nginx.conf", "-e", "error.log"]
    done = subprocess.run([program(), *words], capture_output=True, encoding="utf-8", check=True)
    for name, least in (("keepalive_timeout", 75), ("proxy_read_timeout", 120)):
        found = [int(one) for one in re.findall(rf"{name} (\d+)s;", done.stdout)]
        assert found, name
        assert min(found) >= least


def test_another_host_is_not_ours(line):
    answer, _ = asked(line, "GET", "/healthz", headers={"Host": "evil.example"})
    assert answer.status == 400
