"""Workbooks for tests: written, edited as people and programs do, recomputed by LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from quotaloom.report.workbook.files import write_one, write_workbook


def written(decomposition, folder, lang="zh", **settings):
    """The path of a fresh workbook."""
    path = Path(folder) / "plan.xlsx"
    if settings:
        write_one(decomposition, path, lang, **settings)
    else:
        write_workbook(decomposition, path, lang)
    return path


def sheet_part(path, title):
    """The name of the zip member that holds a sheet: XlsxWriter numbers them in order."""
    titles = openpyxl.load_workbook(path, read_only=True).sheetnames
    return f"xl/worksheets/sheet{titles.index(title) + 1}.xml"


def stored(path, title, cell, number):
    """Change the number that is stored in a cell and nothing else: every other value goes stale."""
    part = sheet_part(path, title)
    pattern = re.compile(rf'(<c r="{cell}"[^>]*>(?:<f>[^<]*</f>)?<v>)[^<]*(</v>)')
    edited = path.with_name(f"edited-{path.name}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(edited, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                changed, count = pattern.subn(rf"\g<1>{number}\g<2>", text.decode())
                assert count == 1, cell
                text = changed.encode()
            new.writestr(name, text)
    return edited


def typed(path, changes):
    """Values typed into cells, all formulas turned into the values that they showed."""
    book = openpyxl.load_workbook(path, data_only=True)
    for (title, cell), value in changes.items():
        book[title][cell] = value
    edited = path.with_name(f"typed-{path.name}")
    book.save(edited)
    return edited


def recomputed(path):
    """The file as LibreOffice saves it after it computed every formula itself."""
    bare = path.with_name("bare.xlsx")
    openpyxl.load_workbook(path).save(bare)  # without cached values: they must all be computed
    return resaved(bare)


def resaved(path):
    """The file as LibreOffice saves it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: formulas are only computed by our own reader")
    folder = path.with_name("office")
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / path.name
