"""The log in the database keeps what every log promises, each line with its audit row."""

from __future__ import annotations

import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.web.audit.models import AuditRow
from quotaloom.web.audit.services import Actor
from quotaloom.web.data.log import DatabaseLog
from quotaloom.web.data.shelf import writing_shelf
from tests.warehouse.batches.conformance import ROW, LogPromises
from tests.warehouse.batches.test_shelf import frame, wanted

pytestmark = [pytest.mark.django_db, pytest.mark.store]


class TestDatabaseLog(LogPromises):
    """The promises, kept by rows."""

    @pytest.fixture
    def shelf(self, tmp_path, settings):
        settings.HOME = tmp_path
        return writing_shelf(Actor("li"))

    def test_a_line_without_its_audit_row_is_none(self, shelf):
        def harmed(_entry):
            raise RuntimeError

        shelf.log = DatabaseLog(harmed)
        with pytest.raises(RuntimeError):
            shelf.commit(wanted("append"), frame(ROW))
        assert shelf.entries() == []
        assert not AuditRow.objects.exists()

    def test_two_at_one_position_are_told_apart(self, shelf):
        made, _ = shelf.commit(wanted("append"), frame(ROW))
        with pytest.raises(DataRefused) as refused:
            shelf.log.append(made)
        assert refused.value.findings[0].code == "batch.overtaken"
        assert AuditRow.objects.count() == 1
