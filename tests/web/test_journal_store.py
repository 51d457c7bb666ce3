"""Journals in the database pass what every store must, and tell altered rows."""

from __future__ import annotations

import uuid

import pytest
from django.db import connections, transaction

from quotaloom.core.model.errors import DataRefused
from quotaloom.planfile.chain import verify_store
from quotaloom.planfile.store import Checkpoint
from quotaloom.web.journals.models import (
    JournalCells,
    JournalCheckpoint,
    JournalText,
)
from quotaloom.web.journals.store import DatabaseStore
from tests.planfile.conformance import TEXTS, StoreConformance
from tests.planfile.edits import DEFINITION, after, chain
from tests.support.own_database import (  # noqa: F401 - fixtures among them
    is_sqlite,
    migrated,
    opening,
    own_database,
)

pytestmark = pytest.mark.store
PLAN = uuid.UUID(int=7)


@pytest.mark.django_db(transaction=not is_sqlite())  # on SQLite the test has a file of its own
class TestDatabaseStore(StoreConformance):
    """The database passes what every store must."""

    @pytest.fixture
    def place(self, own_database):  # noqa: F811 - the fixture
        return own_database

    def made(self, place):  # noqa: ARG002 - one database a test
        return DatabaseStore.create(PLAN, DEFINITION)

    def again(self, place):  # noqa: ARG002
        return DatabaseStore(PLAN)

    def opening(self, place):
        return opening(place) + (
            "import uuid\n"
            "from quotaloom.web.journals.store import DatabaseStore\n"
            f"store = DatabaseStore(uuid.UUID({str(PLAN)!r}))\n"
        )


@pytest.fixture
def store(db):  # noqa: ARG001 - opens the database
    made = DatabaseStore.create(PLAN, DEFINITION, [b"first figures"])
    for position, text in enumerate(TEXTS):
        made.append(text, expected=position)
    return made


def test_a_plan_has_one_journal(store):
    with pytest.raises(DataRefused, match="plan_exists"):
        DatabaseStore.create(PLAN, "plan 另一个\n")
    assert store.head() == after(TEXTS)


@pytest.mark.django_db
def test_a_plan_that_never_lived_has_none():
    with pytest.raises(DataRefused, match="no_plan"):
        DatabaseStore(uuid.UUID(int=8))


def test_what_a_transaction_did_not_finish_was_never_there(store):
    with transaction.atomic():
        store.append(chain(7)[6], expected=6)
        store.put_cells(b"later")
        transaction.set_rollback(True)
    assert JournalCells.objects.count() == 1
    assert verify_store(store) == after(TEXTS)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journals_journalrecord SET text = replace(text, 'seen: ', 'seen: 1') WHERE id > 2",
        "DELETE FROM journals_journalrecord WHERE position = 2",
        "UPDATE journals_journalrecord SET position = 99 - position WHERE position IN (4, 5)",
    ],
)
def test_an_altered_row_is_found(store, change):
    with connections["default"].cursor() as cursor:
        cursor.execute(change)
    with pytest.raises(DataRefused):
        verify_store(store)


def test_an_altered_blob_is_found(store):
    cells, text = store.put_cells(b"cells"), store.put_text("why")
    store.put_checkpoint(Checkpoint(store.head(), b"all"))
    JournalCells.objects.update(content=b"other")
    JournalText.objects.update(content=b"other\nwhy")
    JournalCheckpoint.objects.update(content=b"other")
    with pytest.raises(DataRefused, match="cells_changed"):
        store.cells(cells)
    with pytest.raises(DataRefused, match="text_changed"):
        store.text(text)
    assert store.latest_checkpoint() is None
