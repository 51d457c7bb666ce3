"""The locks name every package once, with hashes, and no place to fetch it from."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.sources import ROOT

PIN = re.compile(
    r"(?P<name>[a-z0-9.-]+)==(?P<version>\S+)(?P<hashes>( --hash=sha256:[0-9a-f]{64})*)"
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = ["requirements.txt", *[f"requirements-{extra}.txt" for extra in EXTRAS]]


def entries(text):
    """The requirements of a lock, continuation lines joined, comments left out."""
    joined = re.sub(r"\s*\\\n\s*", " ", text)
    return [line for line in joined.splitlines() if line and not line.startswith("#")]


def faults(text):
    """What a lock must not hold, one line each."""
    found = [f"an address: {word}" for word in re.findall(r"\S*(?:://|@ |file:)\S*", text)]
    for entry in entries(text):
        match = PIN.fullmatch(entry)
        if not match:
            found.append(f"not a pinned name: {entry.split()[0]}")
        elif not match["hashes"]:
            found.append(f"no hash: {match['name']}")
    return found


def pins(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    return {match["name"]: match["version"] for match in map(PIN.fullmatch, entries(text))}


def missing(wanted, held):
    """The requirements that a lock does not fulfil."""
    asked = [Requirement(one) for one in wanted]
    return [
        str(one)
        for one in asked
        if held.get(canonicalize_name(one.name), "") not in one.specifier
        or canonicalize_name(one.name) not in held
    ]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_is_pinned_and_hashed_and_names_no_place(name):
    assert faults((ROOT / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_fulfils_its_extra(name):
    extra = name.removesuffix(".txt").partition("-")[2]
    assert missing(PROJECT["dependencies"] + EXTRAS.get(extra, []), pins(name)) == []


def test_the_locks_agree_so_that_they_install_together():
    seen = {}
    for name in LOCKS:
        for package, version in pins(name).items():
            seen.setdefault(package, set()).add(version)
    assert {package: found for package, found in seen.items() if len(found) > 1} == {}


def test_there_is_no_lock_without_an_extra():
    assert sorted(path.name for path in ROOT.glob("requirements*.txt")) == sorted(LOCKS)


HASH = "--hash=sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"numpy==2.4.6 \\\n    {HASH} \\\n    {HASH}\n", None),
        ("numpy==2.4.6\n", "no hash: numpy"),
        (f"numpy>=2 \\\n    {HASH}\n", "not a pinned name: numpy>=2"),
        ("--extra-index-url x\n", "not a pinned name: --extra-index-url"),
        (f"# from https://a.b/c\nnumpy==2 {HASH}\n", "an address: https://a.b/c"),
        (f"# via file:/a\nnumpy==2 {HASH}\n", "an address: file:/a"),
    ],
)
def test_a_fault_of_a_lock_is_named(text, fault):
    assert faults(text) == ([fault] if fault else [])


def test_a_requirement_that_the_lock_lacks_is_named():
    assert missing(["numpy>=2.2", "polars>=1.30"], {"numpy": "2.1.0"}) == [
        "numpy>=2.2",
        "polars>=1.30",
    ]
