"""What every store of the log of batches promises; a store's tests run each of these on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.warehouse.batches.shelf import Shelf
from tests.warehouse.batches.test_shelf import WHO, frame, said, wanted

ROW = [("a", 0, 1)]


class LogPromises:
    """Inherit, and give a fixture ``shelf`` on the store."""

    def test_it_begins_empty(self, shelf):
        assert shelf.entries() == []
        assert shelf.facts("booked").is_empty()

    def test_an_entry_comes_back_as_it_went_in(self, shelf):
        told = replace(
            wanted("upsert"),
            files=("一月.csv", "二月.csv"),
            source="ERP",
            mapping={"票号": "invoice", "说明": ""},
            unknown={"id": ("a",)},
        )
        made, _ = shelf.commit(told, frame(ROW))
        assert shelf.entries() == [made]
        assert (made.position, made.rows) == (1, 1)
        assert replace(made, position=0, rows=0, digest="", folder="") == told

    def test_positions_follow_each_other(self, shelf):
        for number in range(3):
            shelf.commit(wanted("append"), frame([("a", 0, number)]))
        shelf.undo(2, **WHO)
        assert [one.position for one in shelf.entries()] == [1, 2, 3, 4]
        assert said(shelf.facts("booked")) == [("a", 0, 0), ("a", 0, 2)]
        assert said(shelf.facts("booked", 3)) == [("a", 0, 0), ("a", 0, 1), ("a", 0, 2)]

    def test_the_same_content_is_no_second_batch(self, shelf):
        shelf.commit(wanted("append"), frame(ROW))
        assert shelf.commit(wanted("append"), frame(ROW))[0] is None
        assert len(shelf.entries()) == 1

    def test_a_position_that_is_taken_is_refused(self, shelf):
        made, _ = shelf.commit(wanted("append"), frame(ROW))
        with pytest.raises(DataRefused):
            shelf.undo(made.position + 1, **WHO)
        assert shelf.entries() == [made]

    def test_another_reader_sees_what_one_wrote(self, shelf):
        shelf.commit(wanted("append"), frame(ROW))
        shelf.log.mend()
        other = Shelf(shelf.folder, shelf.log)
        assert said(other.facts("booked")) == ROW

    def test_what_a_killed_writer_left_goes_with_the_next(self, shelf):
        shelf.commit(wanted("append"), frame(ROW))
        left = shelf.folder / "booked" / ".part-000002-dead"
        left.mkdir()
        shelf.undo(1, **WHO)
        assert not left.exists()
