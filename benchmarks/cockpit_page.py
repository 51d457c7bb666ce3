"""The director's cockpit on ten million order lines, in a process of its own.

`python -m benchmarks.cockpit_page HOME [LINES]` writes the facts and a plan into the folder, opens
the page through Django's whole stack, and prints seconds as JSON. ``unready`` is the first page
after an import while the worker has not made its sums, ``ahead`` what these take it, and ``first``
the first page once it has; nothing is held in memory then.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.spec_actuals import LINES, OWNERS, REGIONS, drawn

PAGES = {
    "page": "/cockpit/",
    "month": "/cockpit/?period=2026-06",
    "region": "/cockpit/?at=大区1",
    "rows": "/cockpit/explain",
}
LAST = "2026-11-20"


def weights(path: Path) -> Path:
    """A line a seat and product line, which the plan is split by."""
    with path.open("w", encoding="utf-8") as file:
        file.write("日期,大区,岗位,产品线,金额\n")
        for seat in range(OWNERS):
            for line in range(10):
                place = f"大区{seat % REGIONS},岗位{seat},产品线{line}"
                file.write(f"2025-06-01,{place},{1_000 + seat % 7 * line}\n")
    return path


def release_plan(home: Path) -> None:
    """A plan of 2026 over all seats and product lines, in force."""
    from quotaloom.core.model.periods import FiscalCalendar
    from quotaloom.cycle.decompose import decompose
    from quotaloom.cycle.plan.begin import from_decomposition
    from quotaloom.cycle.plan.desk import create, open_plan
    from quotaloom.cycle.plan.edition import Release, release
    from quotaloom.cycle.request import DecomposeRequest

    with tempfile.TemporaryDirectory() as folder:
        facts = (weights(Path(folder, "weights.csv")),)
        asked = DecomposeRequest(
            facts, "2000亿", 2026, by=("大区>岗位", "产品线"), date="日期", amount="金额"
        )
        begun = from_decomposition(decompose(asked).trace, "2026", FiscalCalendar())
        journal = open_plan(create(Path(folder, "plan"), begun))
        release(journal, home / "editions" / "2026", "2026", Release("2026", "2026-01", "bench"))


def director():
    """Somebody who sees everything."""
    from quotaloom.web.accounts.models import User
    from quotaloom.web.org.access_roles import builtin_role
    from quotaloom.web.org.models import Grant

    user = User.objects.create_user("director")
    Grant.objects.create(user=user, role=builtin_role("director"), valid_from=date(2024, 1, 1))
    return user


def seconds(client, address: str) -> float:
    """How long a page takes, answered and rendered."""
    begun = perf_counter()
    answer = client.get(address, {"as_of": LAST} if "?" not in address else None)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    return perf_counter() - begun


def first(client) -> float:
    """How long the page takes a server that holds nothing of the facts yet."""
    from quotaloom.web.plans import kept

    kept._ANSWERS.clear()  # noqa: SLF001 - as a process that has just begun
    return seconds(client, PAGES["page"])


def main() -> None:
    """Write, open, print."""
    home = Path(sys.argv[1])
    lines = int(sys.argv[2]) if sys.argv[2:] else LINES
    os.environ |= {"QUOTALOOM_HOME": str(home), "QUOTALOOM_ATTENDED": "1"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "quotaloom.web.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    from django.test import Client

    from quotaloom.cycle.measures.figures import keep_marts
    from quotaloom.cycle.measures.known import measures
    from quotaloom.web.cockpit.ahead import sums_ahead
    from quotaloom.web.data.log import DatabaseLog

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    shelf = drawn(home / "batches", DatabaseLog(), lines)
    begun = perf_counter()
    keep_marts(shelf, "order_lines", measures())
    made = perf_counter() - begun
    release_plan(home)
    client = Client(headers={"host": "localhost"})
    client.force_login(director())
    client.get("/org/")  # a server that has served before
    told = {"made": made, "unready": first(client)}
    begun = perf_counter()
    sums_ahead(date.fromisoformat(LAST))
    told |= {"ahead": perf_counter() - begun, "first": first(client)}
    for name, address in PAGES.items():
        seconds(client, address)
        told[name] = median(seconds(client, address) for _ in range(5))
    print(json.dumps(told))


if __name__ == "__main__":
    main()
