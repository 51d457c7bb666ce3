"""A line on the terminal that says how far a long run is; nothing where nobody watches."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotaloom.report.summary_table import columns_of_text

if TYPE_CHECKING:
    from typing import Self, TextIO

    from quotaloom.cli.speech import Lang

STAGES = {
    "read": {"zh": "读取", "en": "reading"},
    "add_up": {"zh": "汇总", "en": "adding up"},
    "spread": {"zh": "分解", "en": "spreading"},
    "check": {"zh": "核对", "en": "checking"},
    "write": {"zh": "写出", "en": "writing"},
}
ARROW = " → "


@dataclass
class ProgressLine:
    """All stages in a row up to the present one, the last with its n/N; cleared at the end.

    It is a context and is called as a ``Progress``.
    """

    lang: Lang
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    shown: int = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self._draw("")

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Show the stage; ``of`` parts above 1 are counted."""
        if not self.stream.isatty():
            return
        names = list(STAGES)
        past = [STAGES[name][self.lang] for name in names[: names.index(stage) + 1]]
        self._draw(ARROW.join(past) + (f" {done}/{of}" if of > 1 else "") + " …")

    def _draw(self, text: str) -> None:
        """Write over what is shown; an empty text leaves an empty line."""
        width = columns_of_text(text)
        if width or self.shown:
            blank = " " * max(0, self.shown - width)
            self.stream.write(f"\r{text}{blank}" + ("" if text else "\r"))
            self.stream.flush()
        self.shown = width
