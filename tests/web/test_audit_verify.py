"""The chain of the audit: tampering by plain SQL is found, and the first bad row is named."""

from __future__ import annotations

import json
import random
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from quotaloom.web.audit.models import AuditRow
from quotaloom.web.audit.services import Actor, audit_record
from quotaloom.web.audit.verify import Head, chain_fault, head_now
from tests.support.counts import examples

pytestmark = [pytest.mark.django_db, pytest.mark.store]
ROWS = 12
TEXTS = {
    "actor": "mallory",
    "acting_for": "mallory",
    "action": "plan.forged",
    "subject": "plan:forged",
    "params": '{"total": "1"}',
    "address": "192.0.2.66",
    "algorithm": "md5",
    "previous": "f" * 64,
    "hash": "e" * 64,
    "at": "2020-01-01 00:00:00",
}


def written(count=ROWS):
    with transaction.atomic():
        for number in range(count):
            audit_record(
                actor=Actor(f"user-{number}", "10.0.0.1"),
                action="plan.create",
                subject=f"plan:{number}",
                params={"total": f"{number}00000000.25", "name": "华东2027"},
            )


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []


def edit(rng):
    """One column of one row says something else."""
    row, column = rng.randint(1, ROWS), rng.choice(sorted(TEXTS))
    sql(f"UPDATE audit_auditrow SET {column} = %s WHERE number = %s", TEXTS[column], row)  # noqa: S608
    return row


def delete(rng):
    """One row is gone; of the last one the head still tells."""
    row = rng.randint(1, ROWS)
    sql("DELETE FROM audit_auditrow WHERE number = %s", row)
    return row


def insert(rng):
    """A row is put in, those behind it move on by one: renumbered rows tell."""
    row = rng.randint(1, ROWS)
    for number in range(ROWS, row - 1, -1):
        sql("UPDATE audit_auditrow SET number = number + 1 WHERE number = %s", number)
    columns = "at, actor, acting_for, action, subject, params, address, algorithm, previous, hash"
    sql(
        f"INSERT INTO audit_auditrow (number, {columns}) SELECT %s, {columns} "  # noqa: S608
        "FROM audit_auditrow WHERE number = %s",
        row,
        1 if row > 1 else ROWS + 1,
    )
    return row


def swap(rng):
    """Two rows change places, all but their numbers."""
    one, other = sorted(rng.sample(range(1, ROWS + 1), 2))
    for before, after in ((one, 9999), (other, one), (9999, other)):
        sql("UPDATE audit_auditrow SET number = %s WHERE number = %s", after, before)
    return one


def cut(rng):
    """The tail is gone and the head was put back: only an exported head tells."""
    left = rng.randint(1, ROWS - 1)
    sql("DELETE FROM audit_auditrow WHERE number > %s", left)
    last = sql("SELECT hash FROM audit_auditrow WHERE number = %s", left)[0][0]
    sql("UPDATE audit_audithead SET number = %s, hash = %s", left, last)
    return left + 1


def test_it_is_whole_as_it_was_written():
    assert chain_fault() is None
    written()
    assert chain_fault(head_now()) is None
    assert head_now().number == ROWS


@pytest.mark.heavy
@pytest.mark.parametrize("tamper", [edit, delete, insert, swap, cut])
def test_it_finds_every_tampering_and_names_the_first_bad_row(tamper):
    written()
    kept, rng = head_now(), random.Random(tamper.__name__)
    for _ in range(examples(1000) // 5):
        with transaction.atomic():
            row = tamper(rng)
            fault = chain_fault(kept)
            transaction.set_rollback(True)
        assert fault is not None
        assert fault.params["row"] == row
    assert chain_fault(kept) is None


def test_it_sees_a_cut_tail_without_an_exported_head_while_the_head_stands():
    written()
    sql("DELETE FROM audit_auditrow WHERE number > 9")
    assert chain_fault().code == "verify.tail_cut"


def test_it_does_not_see_a_tail_cut_with_its_head_unless_a_head_was_exported():
    written()
    kept = Head.read(head_now().text())
    cut(random.Random(1))
    assert chain_fault() is None
    assert chain_fault(kept).code == "verify.tail_cut"


def test_it_sees_a_history_that_was_written_anew_by_an_exported_head():
    written()
    kept = head_now()
    sql("DELETE FROM audit_auditrow")
    sql("DELETE FROM audit_audithead")
    written(ROWS + 3)
    assert chain_fault() is None
    assert chain_fault(kept).params["row"] == ROWS


def test_it_keeps_amounts_as_text():
    written(2)
    assert json.loads(AuditRow.objects.get(number=2).params)["total"] == "100000000.25"


@pytest.mark.django_db(transaction=True)
def test_it_refuses_a_row_outside_the_transaction_of_its_action():
    with pytest.raises(RuntimeError, match="outside the transaction"):
        audit_record(actor=Actor(), action="plan.create", subject="plan:1")


def test_the_verb_says_that_it_is_whole_and_exports_the_head(tmp_path):
    written()
    out, path = StringIO(), tmp_path / "head.json"
    call_command("audit_verify", "--export", str(path), stdout=out)
    assert f"共 {ROWS} 条" in out.getvalue()
    assert Head.read(path.read_text()) == head_now()


def test_the_verb_names_the_first_bad_row_and_leaves_with_4(tmp_path):
    written()
    path = tmp_path / "head.json"
    path.write_text(head_now().text())
    sql("UPDATE audit_auditrow SET actor = 'mallory' WHERE number = 5")
    err = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("audit_verify", "--head", str(path), "--lang", "en", stderr=err)
    assert left.value.code == 4
    assert re.search("Row 5 of the audit .* is not what was written", err.getvalue())


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"number": "x", "hash": ""}'])
def test_a_head_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        Head.read(text)
