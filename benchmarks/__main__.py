"""``python -m benchmarks [name...] [--check]``: print every ratio beside its line."""

from __future__ import annotations

import argparse
import sys

from benchmarks.registry import Line, Skip, specs

MILLISECOND = 1e-3


def alone(line: Line) -> str:
    """A figure without a peer, in its unit; what takes less than a millisecond in µs."""
    if line.unit == "s" and line.reach < MILLISECOND:
        return f"{line.ours * 1e6:>8.1f} µs, at most {line.reach * 1e6:.0f} µs"
    return f"{line.ours:>8.2f} {line.unit}, at most {line.reach:g} {line.unit}"


def shown(found: Line | Skip) -> str:
    """One line as text."""
    if isinstance(found, Skip):
        return f"{found.task:<58} skipped: {found.reason}"
    if not found.peer:
        figures = alone(found)
    elif found.reach < 1:
        figures = (
            f"{1 / found.ratio:>8.1f}x faster than {found.peer}, at least {1 / found.reach:.0f}x"
        )
    else:
        figures = f"{found.ratio:>8.2f}x {found.peer}, at most {found.reach:.0f}x"
    is_time = found.unit == "s"
    times = f"{found.ours * 1e3:.2f} ms" * is_time + (
        f" / {found.theirs * 1e3:.2f} ms" if found.peer else ""
    )
    return f"{found.task:<58} {figures:<52} {found.verdict:<12} {times}  {found.note}"


def run(names: list[str], *, check: bool) -> int:
    """Measure the named benchmarks (all without a name); 1 where ``check`` finds a line missed."""
    known = specs()
    unknown = sorted(set(names) - set(known))
    if unknown:
        sys.stderr.write(f"no benchmark {', '.join(unknown)}; there are {', '.join(known)}\n")
        return 2
    missed = 0
    for name in names or known:
        for found in known[name].measure():
            print(shown(found), flush=True)
            missed += isinstance(found, Line) and found.verdict == "MISSED"
    return 1 if check and missed else 0


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help="benchmarks to run; all without a name")
    parser.add_argument("--check", action="store_true", help="fail where a line is missed")
    asked = parser.parse_args()
    return run(asked.names, check=asked.check)


if __name__ == "__main__":
    raise SystemExit(main())
