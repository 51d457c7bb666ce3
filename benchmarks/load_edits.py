"""People who edit and read one plan at once, on a running server of this machine.

``python -m benchmarks load`` starts a server, makes the accounts, runs this file, and checks every
sum afterwards. QUOTALOOM_LOAD names a JSON file: the plan, the header of its seats, and a
``[seat, session]`` for each person ("" for one who sees the whole plan); what the server accepted
is written beside it.
"""

from __future__ import annotations

import json
import os
import random
from http import HTTPStatus
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from locust import HttpUser, between, events, task

HERE = ("127.0.0.1", "localhost", "::1")
CSRF = "a" * 32
SAID = Path(os.environ.get("QUOTALOOM_LOAD", "load.json"))
NUMBERS = count()
ACCEPTED: list[tuple[int, str, str, int]] = []  # edit, seat, period, amount in 元
MET: list[int] = []
FAILED: list[str] = []


@events.test_start.add_listener
def only_here(environment, **_rest):
    if urlsplit(environment.host or "").hostname not in HERE:
        raise SystemExit("only a server on this machine is a target")


@events.request.add_listener
def failed(name, exception, **_rest):
    """Also while people are still coming in, whose times are left out."""
    if exception:
        FAILED.append(f"{name}: {exception}")


@events.quitting.add_listener
def kept(environment, **_rest):
    """What the server said that it wrote, for the check of the sums."""
    told = {"accepted": ACCEPTED, "met": len(MET), "failed": len(FAILED)}
    told["figures"] = figures(environment.stats)
    SAID.with_suffix(".done.json").write_text(json.dumps(told), encoding="utf-8")


def figures(stats):
    """Requests, failures and percentiles in ms, by name."""
    return {
        name: {
            "requests": one.num_requests,
            "failures": one.num_failures,
            "p50": one.get_response_time_percentile(0.5),
            "p95": one.get_response_time_percentile(0.95),
            "p99": one.get_response_time_percentile(0.99),
        }
        for (name, _method), one in stats.entries.items()
    }


class Person(HttpUser):
    """One person at her desk: two to six seconds between two acts."""

    wait_time = between(2, 6)

    def on_start(self):
        """Come in as the next of the accounts, who are signed in already."""
        told = json.loads(SAID.read_text(encoding="utf-8"))
        self.home, self.header = f"/plans/{told['plan']}/", told["header"]
        people, number = told["people"], next(NUMBERS)
        self.seat, session = people[number % len(people)]
        self.seats = [self.seat] if self.seat else [seat for seat, _ in people if seat]
        self.client.cookies.update({"sessionid": session, "csrftoken": CSRF})
        self.seen, self.tag, self.paths = 0, "", [[]]
        self.open_branch()

    @task(4)
    def open_branch(self):
        """The grid: rows below a branch that is known, three levels deep."""
        told = {"path": json.dumps(random.choice(self.paths)), "deep": 3}
        with self.client.get(
            self.home + "rows", params=told, name="grid", catch_response=True
        ) as answer:
            found = [row["p"] for row in read(answer).get("rows", ()) if row["c"]]
            self.paths += random.sample(found, min(2, len(found)))

    @task(4)
    def edit(self):
        """Type a figure of a month of a seat."""
        seat, period = random.choice(self.seats), f"2027-{random.randrange(12) + 1:02d}"
        amount = random.randrange(100) * 10_000
        form = {
            "rows": self.header,
            "path": json.dumps([seat]),
            "period": period,
            "typed": str(amount),
            "open": "[]" if self.seat else json.dumps([[seat]]),
            "seen": self.seen,
        }
        where = self.home + "desk/edit?unit=yuan"
        told = self.ask(where, form, "edit")
        if "edits" in told:
            ACCEPTED.append((told["edits"][-1], seat, period, amount))
            self.seen = told["position"]
        elif "met" in told:
            MET.append(1)
            self.look()

    @task(3)
    def look(self):
        """The page's own look: who is here, what is new, what is spoken of."""
        form = {"rows": self.header, "marks": self.tag, "path": json.dumps(self.seats[:1])}
        told = self.ask(self.home + "here", form, "look")
        self.tag = told.get("tag", self.tag)
        if told.get("position", 0) > self.seen:
            asked = {"rows": self.header, "open": "[]"}
            with self.client.get(
                self.home + "desk/rows", params=asked, name="rows after", catch_response=True
            ) as answer:
                self.seen = read(answer).get("position", self.seen)

    @task(1)
    def open_page(self):
        """The whole workbench."""
        self.client.get(self.home + "desk/", name="page")

    def ask(self, where, form, name):
        """Send a form as the page does. Who was overtaken is answered; a refusal fails."""
        headers = {"X-CSRFToken": CSRF}
        with self.client.post(
            where, form, headers=headers, name=name, catch_response=True
        ) as answer:
            told = read(answer)
            if "findings" in told:
                answer.failure(str(told["findings"]))
            return told


def read(answer):
    """What the server says, nothing for what is not an answer: that is a failure."""
    if answer.status_code == HTTPStatus.OK:
        return answer.json()
    answer.failure(f"status {answer.status_code}")
    return {}
