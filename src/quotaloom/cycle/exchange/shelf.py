"""What was handed out of a plan in a folder and what came back: a file for each handout.

NAME.plan/handouts/ID.jsonl has the handout on its first line and one line for each return.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from quotaloom.cycle.exchange.handout import loads
from quotaloom.cycle.exchange.taken import taken_by

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from quotaloom.cycle.exchange.handout import Handout
    from quotaloom.cycle.exchange.taken import Taken

FOLDER: Final = "handouts"
NUMBER: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Return:
    """A file that came back. ``edit`` is the last that wrote it, 0 for none.

    ``digest`` is the SHA-256 of its bytes; ``state`` says what became of it.
    """

    file: str
    digest: str
    time: str
    author: str
    state: str
    edit: int
    figures: tuple[tuple[int, ...], ...]  # sheet, line, column, units


@dataclass(frozen=True, slots=True)
class Sent:
    """A handout, when it is due, and what came back of it, in order."""

    handout: Handout
    due: date | None
    returns: tuple[Return, ...] = ()

    def standing(self, gone: Collection[int]) -> Sent:
        """The same without the edits that were taken back since."""
        left = (replace(one, edit=0) if one.edit in gone else one for one in self.returns)
        return replace(self, returns=tuple(left))

    def taken(self, batch: Callable[[int], Iterable[int]]) -> Taken:
        """What was taken so far; ``batch`` answers the edits that were written as one with one."""
        return taken_by([(one.figures, one.edit) for one in self.returns if one.edit], batch)

    def same(self, digest: str) -> Return | None:
        """The return of the very same file that was taken, None for no such."""
        return next((one for one in self.returns if one.digest == digest and one.edit), None)

    def state(self, today: date) -> str:
        """taken, returned (and not taken yet), late, or sent."""
        if any(one.edit or one.state == "nothing" for one in self.returns):
            return "taken"
        if self.returns:
            return "returned"
        return "late" if self.due and self.due < today else "sent"


class Shelf:
    """The handouts of one plan folder."""

    def __init__(self, plan: Path) -> None:
        self.plan = plan.stem
        self.folder = plan / FOLDER

    def keep(self, handout: Handout, due: date | None) -> None:
        """Note what was handed out."""
        self.folder.mkdir(exist_ok=True)
        told = {"due": due.isoformat() if due else "", "handout": handout.dumps()}
        self._path(handout.stamp.id).write_text(_line(told), encoding="utf-8")

    def find(self, number: str) -> Sent | None:
        """A handout by its number, None where this plan never handed it out."""
        if not NUMBER.fullmatch(number) or not self._path(number).is_file():
            return None
        first, *rest = self._path(number).read_text(encoding="utf-8").splitlines()
        told = json.loads(first)
        due = date.fromisoformat(told["due"]) if told["due"] else None
        return Sent(loads(told["handout"]), due, tuple(_return(json.loads(one)) for one in rest))

    def note(self, number: str, came: Return) -> None:
        """Note what came back."""
        with self._path(number).open("a", encoding="utf-8") as stream:
            stream.write(_line(asdict(came)))

    def every(self) -> list[Sent]:
        """All handouts, by when they were made and for whom."""
        paths = self.folder.glob("*.jsonl") if self.folder.is_dir() else ()
        found = [sent for path in paths if (sent := self.find(path.stem)) is not None]
        return sorted(found, key=lambda one: (one.handout.stamp.time, one.handout.stamp.scope))

    def _path(self, number: str) -> Path:
        return self.folder / f"{number}.jsonl"


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False) + "\n"


def _return(told: dict[str, Any]) -> Return:
    return Return(**told | {"figures": tuple(map(tuple, told["figures"]))})
