"""Where the outputs go: refused before any work where they cannot, written all or none."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quotaloom.core.model.errors import UsageRefused
from quotaloom.core.model.findings import Finding, error
from quotaloom.cycle.progress import silent
from quotaloom.report.atomic import replacing
from quotaloom.report.leaves_file import write_leaves
from quotaloom.report.workbook.files import write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotaloom.cli.speech import Lang
    from quotaloom.core.model.decomposition import Decomposition
    from quotaloom.cycle.progress import Progress

KINDS: Final = (".xlsx", ".csv", ".parquet")


def planned_outputs(
    texts: Sequence[str], inputs: Iterable[Path], split_by: str | None
) -> tuple[Path, ...]:
    """The paths to write to. Raises UsageRefused with everything that is wrong with them."""
    paths = tuple(Path(text) for text in texts)
    read = {_place(path) for path in inputs}
    refused = [found for path in paths if (found := _refusal(path, read)) is not None]
    places = [_place(path) for path in paths]
    twice = sorted({str(p) for p, at in zip(paths, places, strict=True) if places.count(at) > 1})
    refused += [error("output.twice", path) for path in twice]
    if split_by is not None and not any(_kind(path) == ".xlsx" for path in paths):
        refused.append(error("output.split_without_workbook", split_by))
    if refused:
        raise UsageRefused(refused)
    return paths


def write_outputs(
    trace: Decomposition,
    paths: Sequence[Path],
    lang: Lang,
    split_by: str | None,
    progress: Progress = silent,
) -> list[Path]:
    """Write every output, all or none; answers the files written, in the order asked for.

    Raises UsageRefused for a level that there is not, DataRefused where the disk refuses.
    """
    written: dict[Path, tuple[Path, ...]] = {}
    with ExitStack() as stack:
        order = sorted(paths, key=lambda one: split_by is not None and _kind(one) == ".xlsx")
        for number, path in enumerate(order, 1):
            progress("write", number, len(order))
            if _kind(path) == ".xlsx" and split_by is not None:
                written[path] = write_workbook(trace, path, lang, split_by=split_by)
                continue
            fresh = stack.enter_context(replacing(path))
            written[path] = (path,)
            if _kind(path) == ".xlsx":
                write_workbook(trace, fresh, lang)
            else:
                write_leaves(trace, fresh)
    return [file for path in paths for file in written[path]]


def _refusal(path: Path, read: set[str]) -> Finding | None:
    name = str(path)
    if _kind(path) not in KINDS:
        return error("output.unknown_kind", name)
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        return error("output.is_folder", name)
    if not os.path.isdir(path.parent):  # noqa: PTH112 - as above
        return error("write.no_folder", name, file=path.name, folder=str(path.parent))
    return error("output.is_input", name) if _place(path) in read else None


def _kind(path: Path) -> str:
    return path.suffix.lower()


def _place(path: Path) -> str:
    return str(path.resolve())
