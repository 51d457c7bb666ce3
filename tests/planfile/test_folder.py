"""A plan in a folder: the conformance of every store, and what only files can suffer."""

from __future__ import annotations

import random
import resource
import signal
import subprocess
import sys

import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.planfile.batch_file import Batch, batch_bytes
from quotaloom.planfile.chain import verify_store
from quotaloom.planfile.digest import digest
from quotaloom.planfile.folder import FolderStore
from quotaloom.planfile.store import Checkpoint
from tests.planfile.conformance import PAGE, TEXTS, StoreConformance
from tests.planfile.edits import DEFINITION, after, chain
from tests.support.counts import examples
from tests.support.sources import ROOT

NAME = "2027年度.plan"

CUT = """
import resource, signal, sys
from pathlib import Path
from quotaloom.planfile.folder import FolderStore
store = FolderStore(Path(sys.argv[1]))
texts = Path(sys.argv[2]).read_text(encoding="utf-8").split("\\f")
signal.signal(signal.SIGXFSZ, getattr(signal, sys.argv[4]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    store.append(texts[store.head().position], expected=store.head().position)
except OSError:
    print("refused")
"""

EXTEND = CUT.replace(
    "store.append(texts[store.head().position]", "store.extend(texts[store.head().position :]"
)


class TestFolderStore(StoreConformance):
    """The folder passes what every store must."""

    def made(self, place):
        return FolderStore.create(place / NAME, DEFINITION)

    def again(self, place):
        return FolderStore(place / NAME)

    def opening(self, place):
        return (
            "from pathlib import Path\n"
            "from quotaloom.planfile.folder import FolderStore\n"
            f"store = FolderStore(Path({str(place / NAME)!r}))\n"
        )


@pytest.fixture
def store(tmp_path):
    """A plan with six records."""
    made = FolderStore.create(tmp_path / NAME, DEFINITION)
    for position, text in enumerate(TEXTS):
        made.append(text, expected=position)
    return made


def journal(store):
    return store.folder / "journal.txt"


def test_people_can_read_the_folder(store):
    assert sorted(path.name for path in store.folder.iterdir()) == [
        ".gitattributes",
        ".gitignore",
        "cells",
        "checkpoints",
        "journal.txt",
        "lock",
        "plan.txt",
        "texts",
    ]
    assert journal(store).read_text(encoding="utf-8") == "\n".join(TEXTS)


def test_a_plan_is_made_with_its_cells_or_not_at_all(tmp_path):
    made = FolderStore.create(tmp_path / NAME, DEFINITION, [b"cells"])
    assert made.cells(digest(b"cells")) == b"cells"
    with pytest.raises(DataRefused, match="plan_exists"):
        FolderStore.create(tmp_path / NAME, "plan 另一个\n")
    assert FolderStore(tmp_path / NAME).definition() == DEFINITION
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_folder_without_a_plan_is_refused(tmp_path):
    with pytest.raises(DataRefused, match="no_plan"):
        FolderStore(tmp_path)


@pytest.mark.parametrize("zeros", [0, 1, 4096])
def test_a_torn_record_is_never_seen_and_goes_at_every_length(store, zeros):
    """Cut the last record after each of its bytes, as a killed writer may."""
    whole = journal(store).read_bytes()
    start = whole.rindex(b"\nedit 6\n")
    for length in range(start, len(whole) if not zeros else start + 40):
        journal(store).write_bytes(whole[:length] + bytes(zeros))
        assert list(store.records()) == TEXTS[:5]
        assert store.head() == after(TEXTS[:5])
        again = FolderStore(store.folder)
        assert journal(store).read_bytes() == whole[:start]
        again.append(TEXTS[5], expected=5)
        assert journal(store).read_bytes() == whole


def test_a_writer_takes_off_what_another_left(store):
    with journal(store).open("ab") as file:
        file.write(b"\nedit 7\n  by: p")
    seventh = chain(7)[6]
    store.append(seventh, expected=6)
    assert list(store.records()) == [*TEXTS, seventh]


@pytest.mark.parametrize("tail", ["\n# 王总改的\n", "\nedit 9\n  by: p", "x"])
def test_what_no_writer_left_stays_and_stops_the_writing(store, tail):
    with journal(store).open("a", encoding="utf-8") as file:
        file.write(tail)
    before = journal(store).read_bytes()
    again = FolderStore(store.folder)
    with pytest.raises(DataRefused, match="record_changed 7"):
        again.append(chain(7)[6], expected=6)
    with pytest.raises(DataRefused, match="record_changed 7"):
        verify_store(again)
    assert journal(store).read_bytes() == before


def test_a_last_record_that_was_changed_is_not_taken_for_torn(store):
    whole = journal(store).read_bytes()
    journal(store).write_bytes(whole[:-3] + b"zz\n")
    with pytest.raises(DataRefused, match="record_changed 6"):
        verify_store(FolderStore(store.folder))


@pytest.mark.heavy
def test_a_writer_that_dies_in_the_midst_of_a_record_leaves_none_of_it(tmp_path):
    """The system itself cuts the write at a random byte and kills the writer there."""
    random_ = random.Random(5)
    store = FolderStore.create(tmp_path / NAME, DEFINITION)
    texts = chain(3)
    given = tmp_path / "given.txt"
    given.write_text(PAGE.join(texts), encoding="utf-8")
    store.append(texts[0], expected=0)
    size = journal(store).stat().st_size
    for _ in range(examples(100)):
        limit = size + random_.randrange(len(texts[1].encode()))
        assert cut(store, given, limit, "SIG_DFL").returncode == -signal.SIGXFSZ
        assert journal(store).stat().st_size == limit
        assert list(store.records()) == texts[:1]
        assert FolderStore(store.folder).head().position == 1
        assert journal(store).stat().st_size == size


def test_several_records_that_were_cut_short_are_finished(store):
    """Wherever the write stopped: who opens the plan next puts the rest behind it."""
    texts = chain(9)
    size = journal(store).stat().st_size
    whole = "\n".join(texts).encode()
    noted = batch_bytes(Batch(size, whole[size:]))
    for length in range(size, len(whole) + 1):
        journal(store).write_bytes(whole[:length])
        (store.folder / "batch").write_bytes(noted)
        assert list(FolderStore(store.folder).records()) == texts
        assert not (store.folder / "batch").exists()


def test_several_records_that_were_never_begun_are_forgotten(store):
    noted = batch_bytes(Batch(journal(store).stat().st_size, b"\n" + chain(7)[6].encode()))
    for length in range(len(noted)):
        (store.folder / "batch").write_bytes(noted[:length])
        assert list(FolderStore(store.folder).records()) == TEXTS
    (store.folder / "batch").write_bytes(batch_bytes(Batch(10**9, b"far behind")))
    assert list(FolderStore(store.folder).records()) == TEXTS


@pytest.mark.heavy
def test_a_writer_that_dies_in_the_midst_of_several_records_leaves_all_or_none(tmp_path):
    random_ = random.Random(6)
    texts = chain(12)
    given = tmp_path / "given.txt"
    given.write_text(PAGE.join(texts), encoding="utf-8")
    seen = set()
    for number in range(examples(100)):
        store = FolderStore.create(tmp_path / f"{number}.plan", DEFINITION)
        store.extend(texts[:8], expected=0)
        size = journal(store).stat().st_size
        limit = random_.choice([300, size]) + random_.randrange(1, len("\n".join(texts[8:])))
        assert cut(store, given, limit, "SIG_DFL", EXTEND).returncode == -signal.SIGXFSZ
        again = FolderStore(store.folder)
        seen.add(again.head().position)
        assert list(again.records()) in (texts[:8], texts)
    assert seen == {8, 12}


def test_a_full_disk_adds_none_of_several_records(store, tmp_path):
    given = tmp_path / "given.txt"
    given.write_text(PAGE.join(chain(9)), encoding="utf-8")
    size = journal(store).stat().st_size
    assert cut(store, given, size + 30, "SIG_IGN", EXTEND).stdout == "refused\n"
    assert list(FolderStore(store.folder).records()) == TEXTS
    assert journal(store).stat().st_size == size


def test_a_full_disk_leaves_the_journal_as_it_was(store, tmp_path):
    given = tmp_path / "given.txt"
    given.write_text(PAGE.join(chain(7)), encoding="utf-8")
    size = journal(store).stat().st_size
    assert cut(store, given, size + 30, "SIG_IGN").stdout == "refused\n"
    assert journal(store).stat().st_size == size


def cut(store, given, limit, on_limit, writing=CUT):
    """A writer whose files may not grow over a limit."""
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY
    return subprocess.run(
        [sys.executable, "-c", writing, store.folder, given, str(limit), on_limit],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_crowd_of_records_is_opened_at_its_end(tmp_path):
    """A journal far longer than one look at its end."""
    store = FolderStore.create(tmp_path / NAME, DEFINITION)
    texts = chain(2000)
    journal(store).write_text("\n".join(texts), encoding="utf-8", newline="")
    again = FolderStore(store.folder)
    assert again.head() == after(texts)
    assert list(again.records(1990)) == texts[1990:]
    assert list(again.records(5, 7)) == texts[5:7]


def test_broken_cells_are_refused(store):
    name = store.put_cells(b"cells")
    (store.folder / "cells" / name).write_bytes(b"Cells")
    with pytest.raises(DataRefused, match="cells_changed"):
        store.cells(name)


def test_a_broken_checkpoint_is_passed_over(store):
    store.put_checkpoint(Checkpoint(after(TEXTS[:2]), b"two"))
    store.put_checkpoint(Checkpoint(after(TEXTS[:4]), b"four"))
    (path,) = (store.folder / "checkpoints").glob("000000004-*")
    path.write_bytes(path.read_bytes()[:-1])
    (store.folder / "checkpoints" / "notes.txt").write_text("mine", encoding="utf-8")
    assert store.latest_checkpoint().content == b"two"


def test_a_changed_text_is_refused(store):
    name = store.put_text("王总口头要求")
    path = store.folder / "texts" / f"{name}.txt"
    path.write_bytes(path.read_bytes() + "？".encode())
    with pytest.raises(DataRefused, match="text_changed"):
        store.text(name)


def test_a_plan_under_git_keeps_its_bytes(store, tmp_path):
    """Even where git turns line ends into those of Windows."""
    copy = tmp_path / "copy"
    before = journal(store).read_bytes()
    reason = store.put_text("第一行\r\n第二行\n")

    def git(*words, where):
        subprocess.run(
            [
                "git",
                "-c",
                "core.autocrlf=true",
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@b.c",
                *words,
            ],
            cwd=where,
            check=True,
            capture_output=True,
        )

    git("init", where=store.folder)
    git("add", ".", where=store.folder)
    git("commit", "-m", "x", where=store.folder)
    git("clone", str(store.folder), str(copy), where=tmp_path)
    assert (copy / "journal.txt").read_bytes() == before
    assert verify_store(FolderStore(copy)) == after(TEXTS)
    assert not (copy / "lock").exists()
    assert FolderStore(copy).text(reason) == "第一行\r\n第二行\n"


def test_a_fresh_clone_lacks_folders_and_works(store):
    """Git keeps no empty folder."""
    for name in ("cells", "texts", "checkpoints"):
        (store.folder / name).rmdir()
    again = FolderStore(store.folder)
    assert again.latest_checkpoint() is None
    assert not again.erase_text("ab" * 32)
    again.put_checkpoint(Checkpoint(after(TEXTS), b"six"))
    assert again.text(again.put_text("甲")) == "甲"
    assert again.cells(again.put_cells(b"cells")) == b"cells"
