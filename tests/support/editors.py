"""Editors who write a plan of a real server at once, each in a thread of its own, each her way."""

from __future__ import annotations

import io
import json
import random
import re
import threading
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

import openpyxl

from quotaloom.report.handout.write import FIRST_ROW
from tests.support.site import web

MAKE = """
import json
from datetime import date
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from quotaloom.web.accounts.models import User
from quotaloom.web.api.token import token_create
from quotaloom.web.audit.services import Actor
from quotaloom.web.org.models import Axis, Grant, Member, Role
from quotaloom.web.plans.models import Plan
from quotaloom.web.plans.store import figures
plan = Plan.objects.latest('created_at')
seats = figures(plan).pivot.levels[plan.org_header].texts
role, _ = Role.objects.get_or_create(code='editor', defaults=dict(name_zh='编辑', name_en='Editor'))
may = ['plans.read', 'plans.write', 'plans.release']
role.permissions = [*may, 'plans.export', 'tokens.use']
role.save()
told = []
for number in range({count}):
    user = User.objects.create_user(f'{name}{{number}}')
    seat = Member.objects.get(axis=Axis.ORG, code=seats[number % {seats}])
    Grant.objects.create(user=user, role=role, scope=seat, valid_from=date(2020, 1, 1))
    made = dict(user=user, name='rival', scopes=may, days=1)
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = 'allauth.account.auth_backends.AuthenticationBackend'
    session.create()
    secret = token_create(actor=Actor(), **made)[1]
    told.append([str(user.pk), seat.code, secret, session.session_key])
print(json.dumps([str(plan.pk), plan.org_header, told]))
"""
READ = """
import json
from uuid import UUID
from quotaloom.cycle.plan.desk import open_plan
from quotaloom.planfile.chain import verify_store
from quotaloom.web.journals.models import PlanJournal
from quotaloom.web.journals.store import DatabaseStore
if not PlanJournal.objects.exists():
    print('[[], []]')
    raise SystemExit
store = DatabaseStore(UUID('{plan}'))
verify_store(store)
journal = open_plan(store)
records, places = [], {{}}
for seq in range(1, journal.plan.position + 1):
    one = journal.record(seq)
    named = []
    for wish in one.edit.wishes:
        seat = wish.at.members[0][1].rpartition('>')[2]
        named.append([seat, wish.at.period])
        places[seat, wish.at.period] = wish.at
    records.append([seq, one.author, named])
plan = journal.plan
totals = [[*place, plan.total(at) * plan.measure(at.measure).unit] for place, at in places.items()]
print(json.dumps([records, totals]))
"""
TAKEN = """
import json
from quotaloom.web.exchange.models import Return, State
rows = Return.objects.filter(state=State.TAKEN).values_list('pk', 'edit')
print(json.dumps({str(pk): edit for pk, edit in rows}))
"""
CSRF = "a" * 32


def asked(site, code, **more):
    """What lines of Python print last, run beside the server."""
    done = web(site.home, "shell", "--verbosity", "0", "--command", code, **more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def editors(site, name, count, seats, edits, **more):
    """So many editors of a name, on the first so many seats of the demo plan, by all ways."""
    making = MAKE.format(name=name, count=count, seats=seats)
    plan, header, told = asked(site, making, **more)
    return [
        WAYS[number % len(WAYS)](site.url, (plan, header, seat), who, edits, random.Random(number))
        for number, (user, seat, *keys) in enumerate(told)
        for who in [(user, *keys)]
    ]


def journal(site, plan, **more):
    """The records of a plan whose chain is sound (number, author, places), and totals of now."""
    records, totals = asked(site, READ.format(plan=plan), **more)
    return records, {(seat, period): total for seat, period, total in totals}


class Editor(threading.Thread):
    """Edits one seat; keeps what was accepted (number, position seen), every status, the last."""

    def __init__(self, url, where, who, edits, chance):
        super().__init__()
        self.at, self.edits, self.chance = urlsplit(url), edits, chance
        self.plan, self.header, self.seat = where
        self.user, self.token, self.session = who
        self.accepted, self.statuses, self.seen = [], [], 0
        self.last, self.fault = {}, None
        self.cookie = f"sessionid={self.session}; csrftoken={CSRF}"

    def run(self):
        line = HTTPConnection(self.at.hostname, self.at.port, timeout=120)
        try:
            self.look(line)
            for _ in range(self.edits):
                self.edit(line)
        except (OSError, HTTPException, ValueError, KeyError) as fault:
            self.fault = repr(fault)
        line.close()

    def edit(self, line):
        """One edit; who is overtaken looks and forgets this one."""
        wanted = {f"2027-{month:02d}": self.amount() for month in self.months()}
        status, told = self.send(line, wanted)
        self.statuses.append(status)
        if status == 200:
            (written,) = told["edits"]
            self.accepted.append((written, self.seen))
            self.last |= wanted
            self.seen = told["position"]
        elif status == 409:
            self.look(line)

    def months(self):
        return [self.chance.randrange(12) + 1]

    def amount(self):
        """In yuan, a multiple of the plan's unit."""
        return self.chance.randrange(100) * 10_000

    def look(self, line):
        self.seen = self.program(line, "GET", "")[1]["position"]

    def program(self, line, method, verb, **body):
        """Ask as a program does."""
        text = json.dumps({**body, "seen": self.seen}) if body else None
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        line.request(method, f"/api/v1/plans/{self.plan}{verb}", text, headers)
        answer = line.getresponse()
        return answer.status, json.loads(answer.read())

    def written(self, status, told):
        if status == 200:
            told["edits"] = [one["edit"] for one in told["edits"]]
        return status, told


class Writer(Editor):
    """By programs, as text in the grammar of plan files."""

    def send(self, line, wanted):
        things = [f"{self.header}={self.seat} & {at}: {one}" for at, one in wanted.items()]
        return self.written(*self.program(line, "POST", "/edits", text="set " + ", ".join(things)))


class Program(Editor):
    """By programs, as JSON: the fields of an edit, several wishes in one."""

    def months(self):
        return self.chance.sample(range(1, 13), 3)

    def send(self, line, wanted):
        wishes = [
            {"at": {"members": {self.header: self.seat}, "period": at}, "amount": one * 100}
            for at, one in wanted.items()
        ]
        edit = {"verb": "set", "wishes": wishes}
        return self.written(*self.program(line, "POST", "/edits", edits=[edit]))


class Typist(Editor):
    """In the workbench, figure by figure."""

    def send(self, line, wanted):
        ((period, amount),) = wanted.items()
        path = json.dumps([self.seat])
        return self.form(line, path=path, period=period, typed=str(amount))

    def form(self, line, **fields):
        """Send a form as the page does."""
        same = {"rows": self.header, "open": "[]", "seen": self.seen}
        headers = {
            "Cookie": self.cookie,
            "X-CSRFToken": CSRF,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        where = f"/plans/{self.plan}/desk/edit?unit=yuan"
        line.request("POST", where, urlencode({**same, **fields}), headers)
        answer = line.getresponse()
        body = answer.read()
        told = json.loads(body) if answer.status == 200 else {}
        refused = 409 if "met" in told else 422 if "findings" in told else answer.status
        return refused, told


class Paster(Typist):
    """In the workbench, three figures of a row at once."""

    def months(self):
        first = self.chance.randrange(10) + 1
        return range(first, first + 3)

    def send(self, line, wanted):
        paths, periods = json.dumps([[self.seat]]), json.dumps(list(wanted))
        block = "\t".join(str(one) for one in wanted.values())
        told = {"paths": paths, "periods": periods, "block": block, "as": "yuan"}
        return self.form(line, act="paste", **told)


class Clerk(Typist):
    """With a workbook that goes out and comes back: ten figures in each return."""

    ROUND = 10

    def __init__(self, *told):
        super().__init__(*told)
        self.edits, self.brought = max(self.edits // self.ROUND, 1), []

    def months(self):
        return self.chance.sample(range(1, 13), self.ROUND)

    def edit(self, line):
        wanted = {f"2027-{month:02d}": self.amount() for month in self.months()}
        asked = urlencode({"rows": self.header, "unit": "yuan"})
        book = openpyxl.load_workbook(io.BytesIO(self.answer(line, f"screen.xlsx?{asked}")[1]))
        seen = said_in(book)
        page, _ = self.answer(line, "returns", file=typed_into(book, self.seat, wanted))
        line.request("GET", page, headers={"Cookie": self.cookie})
        looked = re.search(r'name="seen" value="(\d+)"', line.getresponse().read().decode())
        if looked:  # else others changed what the workbook says
            self.answer(line, page.rpartition("/excel/")[2] + "take", seen=looked[1])
        self.brought.append((page.rstrip("/").rpartition("/")[2], seen, wanted))

    def answer(self, line, verb, **fields):
        """Post to the exchange, a file as bytes; answers where it leads, and the body."""
        body, kind = multipart(fields)
        headers = {"Cookie": self.cookie, "X-CSRFToken": CSRF, "Content-Type": kind}
        line.request("POST", f"/plans/{self.plan}/excel/{verb}", body, headers)
        answer = line.getresponse()
        return answer.headers.get("Location", ""), answer.read()

    def settle(self, taken):
        """What became of the returns, by their ids: the edit that wrote each, if any."""
        for number, seen, wanted in self.brought:
            self.statuses.append(200 if taken.get(number) else 409)
            if taken.get(number):
                self.accepted.append((taken[number], seen))
                self.last |= wanted


def said_in(book):
    """The position at which a workbook was handed out."""
    named = {row[2]: row[3] for row in book.worksheets[1].iter_rows(max_col=4, values_only=True)}
    return int(named["quotaloom:position"])


def multipart(fields):
    """A form with files, as its body and its type."""
    lines = []
    for name, value in fields.items():
        file = '; filename="交回.xlsx"'.encode() if isinstance(value, bytes) else b""
        content = value if isinstance(value, bytes) else str(value).encode()
        head = f'--edge\r\nContent-Disposition: form-data; name="{name}"'.encode() + file
        lines += [head, b"", content]
    return b"\r\n".join([*lines, b"--edge--", b""]), "multipart/form-data; boundary=edge"


def typed_into(book, seat, wanted):
    """The workbook with figures of a seat, by month, typed into it."""
    sheet = book.worksheets[0]
    heads = {str(cell.value): cell.column for cell in sheet[FIRST_ROW]}
    rows = [row for row in sheet.iter_rows(FIRST_ROW + 1) if seat in str([c.value for c in row])]
    for period, amount in wanted.items():
        sheet.cell(rows[0][0].row, heads[f"{int(period[-2:])}月"]).value = amount
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WAYS = (Writer, Program, Typist, Paster, Clerk)


def run(site, some, **more):
    """All at once, until all are done."""
    for one in some:
        one.start()
    for one in some:
        one.join()
    assert [one.fault for one in some if one.fault] == []
    taken = asked(site, TAKEN, **more)
    for one in some:
        if isinstance(one, Clerk):
            one.settle(taken)
