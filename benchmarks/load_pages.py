"""People who read plans at once, on a running server.

    quotaloom demo --port 8000 &
    .venv/bin/locust -f benchmarks/load_pages.py --headless -u 300 -r 20 -t 120s -H http://127.0.0.1:8000

Each signs in as an account of the demo, opens the plan, opens branches, asks why. It ends with
code 1 where a request failed or the 95th percentile of the rows passes one second. Only
addresses of this machine are taken.
"""

from __future__ import annotations

import json
import random
import re
from urllib.parse import urlsplit

from gevent.lock import BoundedSemaphore
from locust import HttpUser, between, events, task

LOGINS = ("director", "region", "seller", "ops", "finance")
SLOWEST = 1000  # milliseconds, the 95th percentile of rows
COOKIES: dict[str, dict[str, str]] = {}
LOCK = BoundedSemaphore()
HERE = ("127.0.0.1", "localhost", "::1")


@events.test_start.add_listener
def only_here(environment, **_rest):
    if urlsplit(environment.host or "").hostname not in HERE:
        raise SystemExit("only a server on this machine is a target")


@events.quitting.add_listener
def judged(environment, **_rest):
    rows = environment.stats.get("rows", "GET")
    slow = rows.get_response_time_percentile(0.95) or 0
    failed = environment.stats.total.num_failures
    environment.process_exit_code = int(failed > 0 or slow > SLOWEST)


class Reader(HttpUser):
    """One person at her desk: two to six seconds between two clicks."""

    wait_time = between(2, 6)

    def on_start(self):
        """Come in as one of the five, who sign in once each: hashing passwords is not reading."""
        login = random.choice(LOGINS)
        with LOCK:
            if login not in COOKIES:
                COOKIES[login] = self._signed_in(login)
        self.client.cookies.update(COOKIES[login])
        plans = self.client.get("/plans/", name="plans")
        self.plan = re.search(r'href="(/plans/[0-9a-f-]{36}/)"', plans.text)[1]
        self.paths = [[]]

    def _signed_in(self, login):
        page = self.client.get("/account/login/", name="sign-in page")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
        typed = {"login": login, "password": f"demo-{login}-2027", "csrfmiddlewaretoken": token}
        self.client.post("/account/login/", typed, name="sign in")
        return self.client.cookies.get_dict()

    @task(2)
    def open_plan(self):
        """The whole page."""
        self.client.get(self.plan, name="plan")

    @task(5)
    def open_branch(self):
        """Rows below a branch that is known."""
        told = {"path": json.dumps(random.choice(self.paths)), "deep": random.choice((1, 1, 2, 3))}
        answer = self.client.get(self.plan + "rows", params=told, name="rows")
        if answer.ok:
            found = [row["p"] for row in answer.json()["rows"] if row["c"]]
            self.paths += random.sample(found, min(3, len(found)))

    @task(2)
    def ask_why(self):
        """The explanation of a node."""
        told = {"path": json.dumps(random.choice(self.paths))}
        head = {"HX-Request": "true"}
        self.client.get(self.plan + "explain", params=told, headers=head, name="explain")
