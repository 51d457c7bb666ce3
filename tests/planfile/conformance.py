"""What every store of journals must do, whatever it keeps them in: a class of tests to inherit."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Event

import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.planfile.chain import first_head, verify, verify_store
from quotaloom.planfile.record import read_record, write_record
from quotaloom.planfile.store import Checkpoint, Head, Overtaken
from tests.planfile.edits import DEFINITION, MEASURES, after, chain, record, wish_edit
from tests.support.counts import examples
from tests.support.sources import ROOT

TEXTS = chain(6)
NOBODY = "ab" * 32
PAGE = "\f"  # between the records that an appending process is given

MOST = 20  # appends of a process before it waits to be killed
APPENDING = f"""
import signal
import sys
from pathlib import Path
texts = Path(sys.argv[1]).read_text(encoding="utf-8").split("\\f")
begun = store.head().position
for position in range(begun, begun + {MOST}):
    print(position, flush=True)  # the marker: the append begins
    store.append(texts[position], expected=position)
signal.pause()
"""
RIVAL = """
import sys
from tests.planfile.conformance import append_all
append_all(store, sys.argv[1], int(sys.argv[2]))
"""


def append_all(store, author, count):
    """So many edits by one author, each tried again until nobody was faster."""
    done = 0
    while done < count:
        head = store.head()
        text = write_record(record(head, wish_edit(done), author=author), MEASURES)
        try:
            store.append(text, expected=head.position)
        except Overtaken:
            continue
        done += 1


def authors(store):
    """Who wrote how much, in a chain that is sound."""
    verify_store(store)
    found = {}
    for text in store.records():
        author = read_record(text, MEASURES).author
        found[author] = found.get(author, 0) + 1
    return found


class StoreConformance(ABC):
    """The tests. A store says how a plan is made, opened again, and opened by another process."""

    @abstractmethod
    def made(self, place):
        """A new plan with DEFINITION."""

    @abstractmethod
    def again(self, place):
        """The same plan, opened once more."""

    @abstractmethod
    def opening(self, place):
        """Lines of Python that open it in another process, as ``store``."""

    @pytest.fixture
    def place(self, tmp_path):
        """Where the plan lies."""
        return tmp_path

    @pytest.fixture
    def store(self, place):
        """A new plan."""
        return self.made(place)

    @pytest.fixture
    def full(self, store):
        """A plan with six records."""
        for position, text in enumerate(TEXTS):
            store.append(text, expected=position)
        return store

    def test_a_new_journal_stands_at_its_definition(self, store):
        assert store.definition() == DEFINITION
        assert store.head() == first_head(DEFINITION)
        assert list(store.records()) == []

    def test_what_was_appended_is_there_for_all(self, full, place):
        for one in (full, self.again(place)):
            assert one.definition() == DEFINITION
            assert one.head() == after(TEXTS)
            assert list(one.records()) == TEXTS

    def test_an_append_answers_the_new_head(self, store):
        assert store.append(TEXTS[0], expected=0) == store.head() == after(TEXTS[:1])

    @pytest.mark.parametrize(
        ("first", "last"),
        [(0, None), (2, None), (2, 4), (0, 1), (5, 6), (6, None), (9, None), (4, 2), (2, 99)],
    )
    def test_a_part_of_the_records(self, full, first, last):
        assert list(full.records(first, last)) == TEXTS[first:last]

    def test_who_is_overtaken_is_told_where_the_journal_stands(self, full):
        with pytest.raises(Overtaken) as told:
            full.append(TEXTS[4], expected=4)
        assert told.value.head == full.head() == after(TEXTS)
        (found,) = told.value.findings
        assert (found.params["position"], found.params["expected"]) == (6, 4)

    def test_nobody_writes_ahead_of_the_head(self, store):
        with pytest.raises(Overtaken):
            store.append(TEXTS[1], expected=1)
        assert store.head().position == 0

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            (TEXTS[0].replace(": 0\n", ": 9\n"), "record_changed"),
            (TEXTS[0].rstrip("\n"), "record_changed"),
            (TEXTS[0] + TEXTS[1], "record_changed"),
            ("", "record_changed"),
            (TEXTS[1], "record_unlinked"),
            (chain(1, "plan 另一个\n")[0], "record_unlinked"),
        ],
    )
    def test_a_record_that_does_not_follow_is_refused(self, store, text, code):
        with pytest.raises(DataRefused, match=f"{code} 1"):
            store.append(text, expected=0)
        assert list(store.records()) == []

    def test_several_records_are_added_together(self, store, place):
        store.append(TEXTS[0], expected=0)
        assert store.extend(TEXTS[1:5], expected=1) == store.head() == after(TEXTS[:5])
        assert store.extend([], expected=5) == after(TEXTS[:5])
        assert store.extend(TEXTS[5:], expected=5) == after(TEXTS)
        assert list(self.again(place).records()) == TEXTS

    @pytest.mark.parametrize("odd", [0, 1, 2])
    def test_none_of_several_is_added_where_one_does_not_follow(self, store, odd):
        texts = [*TEXTS[:odd], TEXTS[5], *TEXTS[odd + 1 : 3]]
        with pytest.raises(DataRefused, match=f"record_unlinked {odd + 1}"):
            store.extend(texts, expected=0)
        assert store.head() == first_head(DEFINITION)
        with pytest.raises(Overtaken):
            store.extend(TEXTS[1:3], expected=1)
        assert list(store.records()) == []

    def test_a_long_record(self, store):
        edit = wish_edit(1)
        long = type(edit)(edit.wishes * 5000)
        first = write_record(record(store.head(), long), MEASURES)
        head = store.append(first, expected=0)
        second = write_record(record(head, wish_edit(2)), MEASURES)
        store.append(second, expected=1)
        assert list(store.records()) == [first, second]
        assert list(store.records(1)) == [second]

    def test_threads_take_turns_and_readers_see_whole_records(self, store):
        ended = Event()

        def watch():
            seen = [0]
            while not ended.is_set():
                seen.append(verify(store.records(), DEFINITION).position)
            return seen

        with ThreadPoolExecutor(9) as pool:
            watching = pool.submit(watch)
            writing = [pool.submit(append_all, store, f"p-{n}", 10) for n in range(8)]
            for one in writing:
                one.result()
            ended.set()
            seen = watching.result()
        assert authors(store) == {f"p-{n}": 10 for n in range(8)}
        assert all(one <= other for one, other in pairwise(seen))

    def test_processes_take_turns(self, store, place):
        program = self.opening(place) + RIVAL
        rivals = [self.started(program, f"p-{n}", "25") for n in range(4)]
        assert [rival.wait() for rival in rivals] == [0] * 4
        assert authors(store) == {f"p-{n}": 25 for n in range(4)}

    @pytest.mark.heavy
    def test_a_writer_that_is_killed_leaves_a_whole_journal(self, store, place):
        random_ = random.Random(11)
        kills = examples(200)
        texts = chain(kills * MOST + 1)
        given = place / "given.txt"
        given.write_text(PAGE.join(texts), encoding="utf-8")
        unfinished = 0
        for _ in range(kills):
            appending = self.started(self.opening(place) + APPENDING, str(given))
            markers = [int(appending.stdout.readline()) for _ in range(random_.randint(1, 3))]
            time.sleep(random_.random() * 0.002)
            appending.send_signal(signal.SIGKILL)
            markers += map(int, appending.communicate()[0].split())
            found = self.again(place)
            position = verify_store(found).position
            assert markers[-1] <= position <= markers[-1] + 1  # confirmed: all before the marker
            assert list(found.records()) == texts[:position]
            unfinished += position == markers[-1]
        assert unfinished > 0
        position = store.head().position
        store.append(texts[position], expected=position)
        assert verify_store(self.again(place)).position == position + 1

    def test_cells_are_kept_by_their_digest(self, store, place):
        name = store.put_cells(b"\x00\x01cells")
        assert store.put_cells(b"\x00\x01cells") == name
        assert store.put_cells(b"") != name
        assert self.again(place).cells(name) == b"\x00\x01cells"

    @pytest.mark.parametrize("name", [NOBODY, "../plan", "", "AB" * 32])
    def test_cells_that_are_not_there_are_refused(self, store, name):
        with pytest.raises(DataRefused):
            store.cells(name)

    def test_the_latest_checkpoint_up_to_a_position(self, full, place):
        assert full.latest_checkpoint() is None
        for position in (0, 2, 5):
            full.put_checkpoint(Checkpoint(after(TEXTS[:position]), b"at %d" % position))
        full.put_checkpoint(Checkpoint(after(TEXTS[:2]), b"at 2 anew"))
        found = {most: self.again(place).latest_checkpoint(most) for most in (None, 9, 5, 4, 1)}
        assert {most: one.content for most, one in found.items()} == {
            None: b"at 5",
            9: b"at 5",
            5: b"at 5",
            4: b"at 2 anew",
            1: b"at 0",
        }
        assert found[4].head == after(TEXTS[:2])

    @pytest.mark.parametrize("head", [Head(3, NOBODY), Head(7, NOBODY), Head(0, NOBODY)])
    def test_a_checkpoint_of_another_journal_is_passed_over(self, full, head):
        full.put_checkpoint(Checkpoint(after(TEXTS[:2]), b"ours"))
        full.put_checkpoint(Checkpoint(head, b"theirs"))
        assert full.latest_checkpoint().content == b"ours"
        assert full.latest_checkpoint(1) is None

    @pytest.mark.parametrize("text", ["王总口头要求", "zwei\nZeilen\r\n", "", " "])
    def test_a_text_is_kept_beside_the_chain(self, store, place, text):
        name = store.put_text(text)
        assert store.put_text(text) != name
        assert self.again(place).text(name) == text

    def test_an_erased_text_leaves_the_chain_sound(self, store, place):
        name = store.put_text("张三离职")
        edit = record(store.head(), wish_edit(1), reason=name)
        store.append(write_record(edit, MEASURES), expected=0)
        assert store.erase_text(name)
        assert not store.erase_text(name)
        assert self.again(place).text(name) is None
        assert verify_store(store).position == 1

    def started(self, program, *arguments):
        """Another process that runs a program in the checkout."""
        return subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
