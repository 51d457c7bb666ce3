"""A visitor of the demo who signs in again and again, and counts what was acknowledged."""

from __future__ import annotations

import threading
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit


class Visitor(threading.Thread):
    """Signs in by a card of the demo until it is told to stop."""

    def __init__(self, url, stopping=None):
        super().__init__()
        self.at, self.stopping = urlsplit(url), stopping or threading.Event()
        self.acknowledged, self.statuses = 0, set()

    def run(self):
        while not self.stopping.is_set():
            self.come()

    def come(self):
        """One visit; answers the status of the sign-in."""
        line = HTTPConnection(self.at.hostname, self.at.port, timeout=30)
        try:
            return self.visit(line)
        except (OSError, HTTPException):
            self.statuses.add("reset")
            return None
        finally:
            line.close()

    def visit(self, line):
        line.request("GET", "/account/login/")
        page = line.getresponse()
        page.read()
        self.statuses.add(page.status)
        cookie = page.headers.get("Set-Cookie", "").partition(";")[0]
        token = cookie.removeprefix("csrftoken=")
        form = urlencode({"account": "director", "csrfmiddlewaretoken": token})
        told = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        line.request("POST", "/access/demo/", form, told)
        answer = line.getresponse()
        answer.read()
        self.statuses.add(answer.status)
        self.acknowledged += answer.status == 302
        return answer.status
