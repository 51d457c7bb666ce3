"""Editors who write a plan of a real server by /api/v1, each in a thread of its own."""

from __future__ import annotations

import json
import random
import threading
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from tests.support.site import web

MAKE = """
import json
from datetime import date
from quotaloom.web.accounts.models import User
from quotaloom.web.api.token import token_create
from quotaloom.web.audit.services import Actor
from quotaloom.web.org.models import Axis, Grant, Member, Role
from quotaloom.web.plans.models import Plan
from quotaloom.web.plans.store import figures
plan = Plan.objects.latest('created_at')
seats = figures(plan).pivot.levels[plan.org_header].texts
role, _ = Role.objects.get_or_create(code='editor', defaults=dict(name_zh='编辑', name_en='Editor'))
role.permissions = ['plans.read', 'plans.write', 'tokens.use']
role.save()
told = []
for number in range({count}):
    user = User.objects.create_user(f'{name}{{number}}')
    seat = Member.objects.get(axis=Axis.ORG, code=seats[number % {seats}])
    Grant.objects.create(user=user, role=role, scope=seat, valid_from=date(2020, 1, 1))
    made = dict(user=user, name='rival', scopes=['plans.read', 'plans.write'], days=1)
    told.append([str(user.pk), seat.code, token_create(actor=Actor(), **made)[1]])
print(json.dumps([str(plan.pk), plan.org_header, told]))
"""
READ = """
import json
from uuid import UUID
from quotaloom.cycle.plan.desk import open_plan
from quotaloom.planfile.chain import verify_store
from quotaloom.planfile.grammar import write_edit
from quotaloom.web.journals.models import PlanJournal
from quotaloom.web.journals.store import DatabaseStore
if not PlanJournal.objects.exists():
    print('[]')
    raise SystemExit
store = DatabaseStore(UUID('{plan}'))
verify_store(store)
journal = open_plan(store)
told = []
for seq in range(1, journal.plan.position + 1):
    one = journal.record(seq)
    told.append([seq, one.author, one.seen, write_edit(one.edit, journal.plan.measures)])
print(json.dumps(told))
"""


def asked(site, code, **more):
    """What lines of Python print last, run beside the server."""
    done = web(site.home, "shell", "--verbosity", "0", "--command", code, **more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def editors(site, name, count, seats, edits, **more):
    """So many editors of a name, on the first so many seats of the demo plan."""
    making = MAKE.format(name=name, count=count, seats=seats)
    plan, header, told = asked(site, making, **more)
    return [
        Editor(site.url, (plan, header, seat), (user, token), edits, random.Random(number))
        for number, (user, seat, token) in enumerate(told)
    ]


def journal(site, plan, **more):
    """The records of a plan whose chain is sound: number, author, position seen, text."""
    return asked(site, READ.format(plan=plan), **more)


class Editor(threading.Thread):
    """Edits one seat; keeps what was accepted: number, position said, text; and every status."""

    def __init__(self, url, where, who, edits, chance):
        super().__init__()
        self.at, self.edits, self.chance = urlsplit(url), edits, chance
        self.plan, self.header, self.seat = where
        self.user, self.token = who
        self.accepted, self.statuses, self.seen = [], [], 0
        self.last, self.fault = {}, None

    def run(self):
        line = HTTPConnection(self.at.hostname, self.at.port, timeout=120)
        try:
            self.seen = self.ask(line, "GET", "")[1]["position"]
            for _ in range(self.edits):
                self.edit(line)
        except (OSError, HTTPException, ValueError) as fault:
            self.fault = repr(fault)
        line.close()

    def edit(self, line):
        """One edit; who is overtaken looks and forgets this one."""
        month, amount = self.chance.randrange(12) + 1, self.chance.randrange(100) * 10_000
        place = f"{self.header}={self.seat} & 2027-{month:02d}"
        status, told = self.ask(line, "POST", "/edits", text=f"set {place}: {amount}")
        self.statuses.append(status)
        if status == 200:
            (written,) = told["edits"]
            self.accepted.append((written["edit"], self.seen))
            self.last[month] = amount
            self.seen = told["position"]
        elif status == 409:
            self.seen = self.ask(line, "GET", "")[1]["position"]

    def ask(self, line, method, verb, **body):
        text = json.dumps({**body, "seen": self.seen}) if body else None
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        line.request(method, f"/api/v1/plans/{self.plan}{verb}", text, headers)
        answer = line.getresponse()
        return answer.status, json.loads(answer.read())


def run(some):
    """All at once, until all are done."""
    for one in some:
        one.start()
    for one in some:
        one.join()
    assert [one.fault for one in some if one.fault] == []
