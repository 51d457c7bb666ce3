"""quotaloom demo: the demo company and the workbook of its next year."""

from __future__ import annotations

import pytest

from quotaloom.cli.demo import demo_request


@pytest.mark.heavy
def test_the_demo_says_where_its_workbook_lies(command, tmp_path):
    folder = tmp_path / "公司"
    run = command("demo", "--folder", folder)
    assert run.code == 0
    workbook = folder / "2027目标分解.xlsx"
    assert str(workbook.resolve()) in run.out
    assert f"quotaloom check {workbook}" in run.out
    assert command("check", workbook).code == 0


def test_the_demo_request_names_files_of_its_folder(tmp_path):
    request = demo_request(tmp_path)
    assert {path.parent for path in request.facts} == {tmp_path}


def test_a_folder_that_cannot_be_made_is_refused(command, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    run = command("demo", "--folder", tmp_path / "file" / "below")
    assert run.code in (2, 3)
    assert "Traceback" not in run.err
