"""Opportunities for tests: typed by somebody of the cast, or brought by an import."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from quotaloom.cycle.facts.read import table
from quotaloom.warehouse.tables.catalogue import KINDS
from quotaloom.web.audit.services import Actor
from quotaloom.web.data.services import upload_keep, upload_settle, upload_take
from quotaloom.web.data.shelf import facts_shelf
from quotaloom.web.registers.models import Opportunity
from quotaloom.web.registers.services import Hand, opportunity_open

CRM = "商机编号,商机名称,创建日期,阶段,预计金额,岗位,客户\n{}"
OPENED = datetime(2026, 1, 5, 2, tzinfo=UTC)
LINE = "C-1,城南项目,2026-03-01,方案报价,500000,E1,青禾装备\n"


def hand(user, **named):
    """Somebody's hand."""
    return Hand(user, Actor(str(user.pk)), **named)


def opened(cast, name="厂房项目", seat="E1", who="wang", **wishes):
    """A record that somebody keeps here since the fifth of January, ten in the morning."""
    told = {
        "name": name,
        "customer": "青禾装备",
        "product": "",
        "seat": seat,
        "stage": "线索确认",
        "amount": "",
        "probability": 10,
        "begun_on": "2026-01-05",
        "expected_on": "",
        "competitor": "",
        "note": "",
    }
    return opportunity_open(wishes=told | wishes, hand=hand(cast.users[who], at=OPENED))


def brought(cast, lines=LINE, source="CRM"):
    """An import of opportunities by 运营; the batch."""
    file = SimpleUploadedFile("商机.csv", CRM.format(lines).encode())
    row = upload_keep(file=file, dataset="opportunities", owner=cast.ops, actor=Actor())
    upload_settle(row=row, dataset="opportunities", reading={"source": source})
    done = upload_take(row=row, actor=Actor(str(cast.ops.pk)))
    return done.entry


def facts(kind="opportunities"):
    """The facts of a kind that count now, by their first key column."""
    frame = table(facts_shelf(), KINDS[kind])
    return {row[KINDS[kind].key[0]]: row for row in frame.iter_rows(named=True)}


def only_record():
    """The one record that there is."""
    return Opportunity.objects.select_related("seat").get()
