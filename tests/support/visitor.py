"""A visitor of the demo who signs in again and again, and counts what was acknowledged."""

from __future__ import annotations

import threading
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

FORM = "application/x-www-form-urlencoded"


class Visitor(threading.Thread):
    """Signs in by a card of the demo until it is told to stop; ``pause`` seconds between."""

    account = "director"

    def __init__(self, url, stopping=None, pause=0):
        super().__init__()
        self.at, self.stopping = urlsplit(url), stopping or threading.Event()
        self.pause = pause
        self.acknowledged, self.statuses, self.cookies = 0, set(), {}

    def run(self):
        while not self.stopping.is_set():
            self.come()
            self.stopping.wait(self.pause)

    def come(self):
        """One visit; answers its last status."""
        line = HTTPConnection(self.at.hostname, self.at.port, timeout=30)
        try:
            return self.visit(line)
        except (OSError, HTTPException):
            self.statuses.add("reset")
            return None
        finally:
            line.close()

    def visit(self, line):
        status = self.sign_in(line)
        self.acknowledged += status == 302
        return status

    def sign_in(self, line):
        self.cookies = {}
        self.ask(line, "/account/login/")
        return self.post(line, "/access/demo/", urlencode({"account": self.account}), FORM).status

    def post(self, line, address, body, kind):
        told = {"Content-Type": kind, "X-CSRFToken": self.cookies.get("csrftoken", "")}
        return self.ask(line, address, "POST", body, told)

    def ask(self, line, address, method="GET", body=None, told=()):
        """One request; keeps its cookies and its status."""
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        line.request(method, address, body, {**dict(told), "Cookie": kept})
        answer = line.getresponse()
        answer.read()
        for one in answer.headers.get_all("Set-Cookie", ()):
            self.cookies |= {name: part.value for name, part in SimpleCookie(one).items()}
        self.statuses.add(answer.status)
        return answer


class Reader(Visitor):
    """Looks at the figures; what was shown counts as acknowledged."""

    addresses = ("/cockpit/", "/data/")

    def visit(self, line):
        status = self.sign_in(line)
        for address in self.addresses if status == 302 else ():
            status = self.ask(line, address).status
        self.acknowledged += status == 200
        return status


class Importer(Visitor):
    """Brings one invoice after the other by the page; ``jobs`` are the imports it was promised."""

    account = "ops"

    def __init__(self, *given):
        super().__init__(*given)
        self.number, self.jobs = 0, {}  # the invoice of each job

    def visit(self, line):
        status = self.sign_in(line)
        if status != 302:
            return status
        self.number += 1
        page = self._brought(line, f"V{self.number:05}")
        if page.status != 302:
            return page.status
        taken = self.post(line, page.headers["Location"] + "take", "", FORM)
        job = taken.headers.get("Location", "").strip("/").rpartition("/")[2]
        if taken.status == 302 and "/jobs/" in taken.headers["Location"]:
            self.jobs[job] = f"V{self.number:05}"
            self.acknowledged += 1
        return taken.status

    def _brought(self, line, invoice):
        text = f"发票号,开票日期,开票金额\n{invoice},2026-01-05,{self.number}\n"
        head = 'Content-Disposition: form-data; name="file"; filename="a.csv"'
        body = f"--of-two\r\n{head}\r\n\r\n{text}\r\n--of-two--\r\n".encode()
        return self.post(line, "/data/uploads", body, "multipart/form-data; boundary=of-two")
