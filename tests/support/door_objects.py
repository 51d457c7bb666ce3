"""Real things to knock at: plans, drafts, lists, jobs and tokens, each made once a test."""

from __future__ import annotations

import tempfile
import uuid
from datetime import date
from functools import wraps
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from quotaloom.web.api.token import token_create
from quotaloom.web.audit.services import Actor
from quotaloom.web.data.services import upload_keep
from quotaloom.web.jobs.models import Job
from quotaloom.web.org.lists.service import list_bring
from quotaloom.web.org.models import Axis
from quotaloom.web.plans.draft import draft_begin
from quotaloom.web.plans.models import Plan
from quotaloom.web.registers.models import Opportunity
from tests.support.cast import BRANCHES
from tests.support.small_plan import SEATS, orders_text, small_plan

ELSEWHERE = "another workspace"  # where ids are of nothing that is here
PEOPLE_LIST = "员工工号,员工姓名,部门\nA1,张三,华东\n"
CELLS = {}  # rows of plans whose cells lie in the data folder of the run, by branch and measure


def once(make):
    """Make it once for a cast, and another for other arguments."""

    @wraps(make)
    def found(cast, *given, **named):
        key = (make.__name__, *given, *named.items())
        if key not in cast.made:
            cast.made[key] = make(cast, *given, **named)
        return cast.made[key]

    return found


def below(branch):
    """A branch and all under it."""
    found = {branch}
    for code, _, parent, _ in BRANCHES:  # parents come before their children
        if parent in found:
            found.add(code)
    return found


def seats_of(branch):
    """The seats of a plan of the branch."""
    return below(branch) & set(SEATS)


@once
def plan(cast, branch, measure="booked"):
    """A plan of 运营 on the seats of a branch."""
    if branch == ELSEWHERE:
        return Plan(id=uuid.uuid4())
    if (branch, measure) not in CELLS:
        CELLS[branch, measure] = _decomposed(cast, branch, measure)
    one = Plan(**{**CELLS[branch, measure], "owner": cast.ops})
    one.save(force_insert=True)
    return one


def _decomposed(cast, branch, measure):
    folder, seats = Path(tempfile.mkdtemp(prefix="quotaloom-door-")), sorted(seats_of(branch))
    one = small_plan(cast.ops, folder, name=f"{branch} 方案", seats=seats, measure=measure)
    left_out = {"owner", "upload"}
    told = {field.name: getattr(one, field.name) for field in Plan._meta.fields}
    one.delete()
    return {name: value for name, value in told.items() if name not in left_out}


def _orders():
    return SimpleUploadedFile("订单.csv", orders_text().encode())


@once
def draft(cast):
    """A draft of 运营 with one file."""
    return draft_begin(owner=cast.ops, files=[_orders()], actor=Actor())


@once
def people_list(cast, *, written=False):
    """A list that 运营 brought."""
    file = SimpleUploadedFile("人员.csv", PEOPLE_LIST.encode())
    told = {"axis": Axis.ORG, "tree": cast.tree, "day": date(2026, 1, 1), "file": file}
    one = list_bring(owner=cast.ops, actor=Actor(), **told)
    if written:
        one.written_at = timezone.now()
        one.save(update_fields=["written_at"])
    return one


@once
def facts_file(cast):
    """A file of invoices that 运营 brought."""
    file = SimpleUploadedFile("开票.csv", "发票号,开票日期,开票金额\nF1,2026-01-05,113\n".encode())
    return upload_keep(file=file, dataset="", owner=cast.ops, actor=Actor())


@once
def opportunity(cast, branch):
    """A record of the seat or unit of a branch, kept here."""
    if branch == ELSEWHERE:
        return Opportunity(id=uuid.uuid4())
    told = {"name": f"{branch} 商机", "seat": cast.members[branch], "updated_at": timezone.now()}
    return Opportunity.objects.create(number=f"D-{branch}", position=1, **told)


@once
def job(cast):
    """A job of 小王."""
    return Job.objects.create(owner=cast.wang, kind="none")


@once
def token(cast):
    """A token of 运营."""
    told = {"user": cast.ops, "name": "report", "scopes": ["org.read"], "days": 1}
    return token_create(actor=Actor(), **told)[0]
