"""The chain names the first record that was changed, put in, taken out, swapped or cut off."""

from __future__ import annotations

import random

import pytest

from quotaloom.core.model.errors import DataRefused
from quotaloom.planfile.chain import first_head, follow, link, sealed, verify, verify_store
from quotaloom.planfile.folder import FolderStore
from quotaloom.planfile.store import Head
from tests.planfile.edits import DEFINITION, MEASURES, after, chain, record, wish_edit, write_record
from tests.support.counts import examples

LENGTH = 12
SOUND = chain(LENGTH)
HEAD = after(SOUND)


def found(records, exported=None):
    """The code and the number of the record that the chain names; nothing for a sound one."""
    try:
        verify(records, DEFINITION, exported=exported)
    except DataRefused as told:
        (one,) = told.findings
        return one.code.removeprefix("planfile."), int(one.subject)
    return None


def resealed(text, old, new):
    """A record that was changed by someone who knows how to seal."""
    body = text[: text.rindex("  sha256")]
    return sealed(body.replace(old, new))


def forged(texts, place):
    """Everything from a record on, written anew after a change."""
    made, head = [*texts[:place]], after(texts[:place])
    for number in range(place, len(texts)):
        made.append(write_record(record(head, wish_edit(number + 1000)), MEASURES))
        head = follow(made[-1], head)
    return made


def test_a_sound_chain_has_its_head():
    assert verify(SOUND, DEFINITION) == HEAD
    assert verify(SOUND, DEFINITION, exported=HEAD) == HEAD
    assert verify(SOUND, DEFINITION, exported=after(SOUND[:5])) == HEAD
    assert verify([], DEFINITION, exported=first_head(DEFINITION)).position == 0


def test_another_definition_breaks_the_chain():
    with pytest.raises(DataRefused, match="record_unlinked 1"):
        verify(SOUND, "plan 另一个\n")


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ([*SOUND[:4], SOUND[4].replace(": 4\n", ": 5\n"), *SOUND[5:]], ("record_changed", 5)),
        ([*SOUND[:4], resealed(SOUND[4], ": 4\n", ": 5\n"), *SOUND[5:]], ("record_unlinked", 6)),
        ([*SOUND[:4], *SOUND[5:]], ("record_unlinked", 5)),
        ([*SOUND[:4], SOUND[3], *SOUND[4:]], ("record_unlinked", 5)),
        ([*SOUND[:4], SOUND[5], SOUND[4], *SOUND[6:]], ("record_unlinked", 5)),
        (SOUND[1:], ("record_unlinked", 1)),
        (["", *SOUND], ("record_changed", 1)),
    ],
)
def test_what_was_done_to_a_record_is_found(texts, told):
    assert found(texts) == told


def test_a_cut_end_is_found_with_an_exported_head():
    assert found(SOUND[:7]) is None
    assert found(SOUND[:7], HEAD) == ("chain_cut", 7)
    assert found([], HEAD) == ("chain_cut", 0)


def test_a_chain_that_was_written_anew_is_found_with_an_exported_head():
    assert found(forged(SOUND, 3)) is None
    assert found(forged(SOUND, 3), HEAD) == ("chain_rewritten", LENGTH)
    assert found(forged(SOUND, 3), after(SOUND[:4])) == ("chain_rewritten", 4)


def test_an_unknown_algorithm_is_no_seal():
    assert link(SOUND[0].replace("  sha256: ", "  md5: ")) is None


def bent(random_, texts):
    """A tampering: the file that someone left, and the first record that it touches."""
    kind = random_.choice(["edit", "delete", "insert", "swap", "truncate", "reseal", "drop byte"])
    place = random_.randrange(LENGTH)
    kept = list(texts)
    if kind in {"edit", "drop byte"}:
        content = kept[place].encode()
        at = random_.randrange(len(content))
        other = bytes([random_.choice([one for one in range(256) if one != content[at]])])
        changed = content[:at] + (other if kind == "edit" else b"") + content[at + 1 :]
        return [
            *(one.encode() for one in kept[:place]),
            changed,
            *map(str.encode, kept[place + 1 :]),
        ]
    if kind == "delete":
        del kept[place]
    elif kind == "insert":
        kept.insert(place, random_.choice([one for one in kept if one != kept[place]]))
    elif kind == "swap":
        other = random_.choice([one for one in range(LENGTH) if one != place])
        kept[place], kept[other] = kept[other], kept[place]
    elif kind == "reseal":
        kept[place] = resealed(kept[place], "by: p-0007", "by: p-0008")
    else:
        kept = kept[:place]
    return [one.encode() for one in kept]


def first_touched(records):
    """The number of the first record that is not as it was."""
    pairs = zip(records, map(str.encode, SOUND), strict=False)
    same = [one == other for one, other in pairs]
    return same.index(False) + 1 if False in same else len(same) + 1


@pytest.mark.heavy
def test_every_tampering_with_the_file_is_found(tmp_path):
    random_ = random.Random(18)
    store = FolderStore.create(tmp_path / "a.plan", DEFINITION)
    for position, text in enumerate(SOUND):
        store.append(text, expected=position)
    journal = tmp_path / "a.plan" / "journal.txt"
    whole = journal.read_bytes()
    named = []
    for _ in range(examples(1000)):
        records = bent(random_, SOUND)
        journal.write_bytes(b"\n".join(records))
        assert journal.read_bytes() != whole
        with pytest.raises(DataRefused) as told:
            verify_store(FolderStore(store.folder), exported=HEAD)
        (one,) = told.value.findings
        named.append(abs(int(one.subject) - first_touched(records)))
    assert max(named) <= 1  # a resealed record shows where the next one does not follow it
    journal.write_bytes(whole)
    assert verify_store(FolderStore(store.folder), exported=HEAD) == Head(LENGTH, HEAD.hash)
