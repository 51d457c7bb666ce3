"""A thousand damaged workbooks come back (S9): refused by their address, or read; never a crash."""

from __future__ import annotations

import pytest

from quotaloom.core.model.errors import QuotaLoomError
from quotaloom.report.handout.review import Choice
from quotaloom.report.wording import sentence
from tests.report.handout.damaged import damaged
from tests.support.counts import examples
from tests.support.handouts import handed, journal, looked, took, written

WHOLE = 1_000
PARTS = 5


@pytest.mark.parametrize("part", range(PARTS))
def test_no_damage_crashes_and_nothing_is_half_applied(tmp_path, part):
    living = journal(tmp_path)
    handout = handed(living, "华东")
    content = written(handout, tmp_path).read_bytes()
    path = tmp_path / "交回.xlsx"
    fates = []
    for seed in range(part, examples(WHOLE), PARTS):
        path.write_bytes(damaged(content, seed))
        position = living.plan.position
        refused = refusal(living, path, handout)
        assert living.plan.position - position in ((0,) if refused else (0, 1)), seed
        nameless = [one for one in refused if "交回.xlsx" not in sentence(one, "zh")]
        assert nameless == [], seed
        fates.append(bool(refused))
    assert set(fates) == {True, False}


def refusal(living, path, handout):
    """The findings with which a file is refused; nothing where it was taken."""
    try:
        took(living, looked(path, handout, living.plan, Choice({}, "mine")))
    except QuotaLoomError as refused:
        return refused.findings or ("a refusal without a word",)
    return ()
