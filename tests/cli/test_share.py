"""quotaloom share: the table of rivals of the documents, and what is refused."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "份额.csv").write_text(
        "名称,份额\nA,32%\nB,24%\nC,18%\n我们,15%\n", encoding="utf-8"
    )
    return tmp_path


def test_the_table_of_rivals(command):  # AT-30
    run = command("share", "份额.csv", "--own", "我们")
    assert run.code == 0
    for words in (
        "已列合计 89.0 %，前三名 74.0 %",
        "HHI 2,149 至 2,270",
        "第 4 名",
        "17.0",
        "0.469",
    ):
        assert words in run.out


def test_a_wrong_name_share_or_sum_is_refused(command, folder):
    assert command("share", "份额.csv", "--own", "咱们").code != 0
    for text in ("名称,份额\nA,很多\n", "名称,份额\nA,60\nB,50\n"):
        (folder / "错.csv").write_text(text, encoding="utf-8")
        assert command("share", "错.csv", "--lang", "en").code != 0
