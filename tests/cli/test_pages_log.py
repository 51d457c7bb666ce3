"""The command on a data folder that pages serve: the same batches, lists of members and audit."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from quotaloom.cli.facts.pages_log import PagesLog
from quotaloom.core.model.errors import DataRefused
from quotaloom.warehouse.batches.shelf import Shelf
from tests.support.site import web
from tests.support.taken import shelf_beside
from tests.warehouse.batches.conformance import ROW, LogPromises
from tests.warehouse.batches.test_shelf import frame, wanted

TEXT = "发票号,开票日期,开票金额,大区\nF1,2026-01-05,113,华东\n"
NOTED = "select count(*) from audit_auditrow where action like 'facts.%'"


def rows(home, asked):
    with closing(sqlite3.connect(home / "quotaloom.sqlite3", timeout=20)) as line, line:
        return line.execute(asked).fetchall()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A folder that pages served."""
    home = tmp_path_factory.mktemp("served") / "home"
    done = web(home, "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def log(served):
    """One process for all questions."""
    return PagesLog(served)


@pytest.fixture
def home(served):
    """The folder without a batch."""
    rows(served, "delete from data_factentry")
    for name in ("batches", "facts"):
        shutil.rmtree(served / name, ignore_errors=True)
    return served


@pytest.fixture
def brought(command, home, tmp_path):
    """Import the invoices by the command."""
    path = tmp_path / "开票.csv"
    path.write_text(TEXT, encoding="utf-8")
    return lambda: command("import", path, "--into", "invoices", "--home", home, "--as", "li")


class TestPagesLog(LogPromises):
    """The promises, kept by the database of the pages."""

    @pytest.fixture
    def shelf(self, home, log):
        return Shelf(home / "batches", log)

    def test_what_is_refused_is_told_as_it_is(self, shelf):
        made, _ = shelf.commit(wanted("append"), frame(ROW))
        with pytest.raises(DataRefused) as refused:
            shelf.log.append(made)
        assert refused.value.findings[0].code == "batch.overtaken"


def test_the_pages_see_what_the_command_imports_and_the_other_way_round(brought, home, command):
    before = rows(home, NOTED)[0][0]
    run = brought()
    assert run.code == 0, run.err
    (entry,) = shelf_beside(home, lambda asked: rows(home, asked)).entries()
    assert (entry.author, entry.files) == ("li", ("开票.csv",))
    assert rows(home, NOTED) == [(before + 1,)]
    assert command("undo", "1", "--home", home).code == 0
    assert rows(home, NOTED) == [(before + 2,)]


def test_two_logs_in_a_folder_are_refused(brought, home):
    (home / "facts").mkdir()
    (home / "facts/log.jsonl").write_text("", encoding="utf-8")
    run = brought()
    assert (run.code, "两处会各算各的" in run.err) == (3, True)
    assert shelf_beside(home, lambda asked: rows(home, asked)).entries() == []


def test_a_database_that_nobody_names_is_asked_for(command, tmp_path):
    (tmp_path / "home/batches").mkdir(parents=True)
    run = command("batches", "--home", tmp_path / "home")
    assert (run.code, "QUOTALOOM_DB" in run.err) == (3, True)


def test_a_database_that_does_not_answer_is_told(command, tmp_path, home):
    broken = tmp_path / "broken"
    shutil.copytree(home, broken)
    (broken / "quotaloom.sqlite3").write_bytes(b"no database")
    run = command("batches", "--home", broken)
    assert (run.code, "没有应答" in run.err) == (3, True)
