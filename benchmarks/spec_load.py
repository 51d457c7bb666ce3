"""Three hundred people who edit and read one plan on this machine, on both databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.registry import Line, Skip, Spec

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE, WHOLE, SECONDS = 300, 20, int(os.environ.get("QUOTALOOM_LOAD_SECONDS", "60"))
EDIT, GRID = 0.5, 1.0  # seconds, the 95th percentile
ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def served(kind: str, folder: Path) -> Iterator[tuple[Any, dict[str, str]]]:
    """A server with the demo plan on a database, and what its shell needs to know."""
    from tests.support.postgres import cluster
    from tests.support.site import serving

    words = ("--workers", 2)
    if kind == "SQLite":
        with serving(folder, *words, QUOTALOOM_DEMO="1") as site:
            yield site, {}
        return
    with cluster() as postgres:
        more = {"QUOTALOOM_DB": postgres.create("load"), "QUOTALOOM_DEMO": "1"}
        with serving(folder, *words, **more) as site:
            yield site, more


def prepared(site: Any, said: Path, more: dict[str, str]) -> str:
    """Accounts for everybody; answers the plan."""
    from tests.support.editors import MAKE, asked

    seats = "len([one for one in seats if one])"
    making = MAKE.format(name="load", count=PEOPLE, seats=seats)
    plan, header, told = asked(site, making, **more)
    people = [[seat, session] for _user, seat, _token, session in told]
    asked(site, SEES_ALL.format(count=WHOLE), **more)
    for one in people[:WHOLE]:
        one[0] = ""
    said.write_text(json.dumps({"plan": plan, "header": header, "people": people}), "utf-8")
    return str(plan)


SEES_ALL = """
from quotaloom.web.org.models import Grant
names = [f'load{{number}}' for number in range({count})]
print(Grant.objects.filter(user__username__in=names).update(scope=None))
"""


def driven(site: Any, said: Path) -> dict[str, Any]:
    """Let everybody work for a while; answers what locust measured and what was accepted.

    Times are those of all people at work: what they took while some were still coming in is left
    out, what failed meanwhile is not.
    """
    coming = ("-u", str(PEOPLE), "-r", "30", "--reset-stats")
    people = (*coming, "-t", f"{SECONDS + PEOPLE // 30}s", "--stop-timeout", "30")
    words = (*people, "-H", site.url.rstrip("/"))
    subprocess.run(
        [sys.executable, "-m", "locust", "-f", "benchmarks/load_edits.py", "--headless", *words],
        cwd=ROOT,
        env=os.environ | {"QUOTALOOM_LOAD": str(said)},
        capture_output=True,
        check=False,
    )
    told: dict[str, Any] = json.loads(said.with_suffix(".done.json").read_text("utf-8"))
    return told


def wrong(site: Any, plan: str, accepted: list[list[Any]], more: dict[str, str]) -> list[str]:
    """The edits that are not in the journal, and the figures not as they were last accepted.

    A figure that was written by somebody who was gone before the answer came is not looked at.
    """
    from tests.support.editors import journal

    records, totals = journal(site, plan, **more)
    answered = {seq for seq, *_ in accepted}
    lost = answered - {seq for seq, *_ in records}
    unheard = {tuple(one) for seq, _, named in records if seq not in answered for one in named}
    last = {(seat, period): (seq, amount) for seq, seat, period, amount in sorted(accepted)}
    return [f"#{seq} lost" for seq in sorted(lost)] + [
        f"{place} is {totals[place]}, not {amount * 100} of #{seq}"
        for place, (seq, amount) in last.items()
        if place not in unheard and totals[place] != amount * 100
    ]


def lines(kind: str) -> Iterator[Line]:
    """The lines of one database."""
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder, "load.json")
        with served(kind, Path(folder, "home")) as (site, more):
            plan = prepared(site, said, more)
            told = driven(site, said)
            bad = wrong(site, plan, told["accepted"], more)
    found = told["figures"]
    failed = told["failed"]
    edits, grid = found["edit"], found["grid"]
    note = f"{len(told['accepted'])} written, {told['met']} met others, p99 {edits['p99']} ms"
    yield Line(f"{kind}: edit, p95 of {PEOPLE} people", edits["p95"] / 1e3, EDIT, note=note)
    yield Line(f"{kind}: grid, p95", grid["p95"] / 1e3, GRID, note=str(found))
    yield Line(f"{kind}: requests that failed", float(failed), 0.5)
    yield Line(f"{kind}: wrong sums and lost edits", float(len(bad)), 0.5, note="; ".join(bad))


def measure() -> Iterator[Line | Skip]:
    """All lines, on servers of their own."""
    for kind in ("SQLite", "PostgreSQL"):
        try:
            yield from lines(kind)
        except ImportError as missing:
            yield Skip(f"{kind}: {PEOPLE} people", str(missing))


SPEC = Spec("load", measure)
