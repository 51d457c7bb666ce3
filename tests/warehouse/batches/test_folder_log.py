"""The log in a folder keeps what every log promises, and forgets a torn line."""

from __future__ import annotations

import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.warehouse.batches.shelf import Shelf
from tests.warehouse.batches.conformance import ROW, LogPromises
from tests.warehouse.batches.test_shelf import WHO, frame, wanted


class TestFolderLog(LogPromises):
    """The promises, kept by a file of lines."""

    @pytest.fixture
    def shelf(self, tmp_path):
        return Shelf(tmp_path / "facts")

    def test_a_torn_line_was_never_written(self, shelf):
        made, _ = shelf.commit(wanted("append"), frame(ROW))
        with shelf.log.path.open("a") as log:
            log.write('{"position":2,"act":"un')
        assert shelf.entries() == [made]
        assert shelf.undo(1, **WHO).position == 2

    @pytest.mark.parametrize("line", ["", "[]", '{"position": 7}', "{"])
    def test_a_harmed_line_is_named(self, shelf, line):
        shelf.folder.mkdir(parents=True)
        shelf.log.path.write_text(f"{line}\n", encoding="utf-8")
        with pytest.raises(DataRefused) as refused:
            shelf.entries()
        assert refused.value.findings[0].subject == "1"
