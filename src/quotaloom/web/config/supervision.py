"""The server and the worker as children: begun anew when they die, stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from time import monotonic, sleep
from typing import TYPE_CHECKING

from quotaloom.core.model.findings import info, warning
from quotaloom.web.config.speech import say
from quotaloom.web.config.start import ATTENDED, BETWEEN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PATIENCE = 8.0  # seconds that a child has for its work in hand once it is asked to stop
LONG_LIFE, LONGEST_REST = 10.0, 5.0


@dataclass
class Child:
    """One verb of ours in a process of its own; ``due`` is when a dead one begins anew."""

    words: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    begun: float = 0.0
    rest: float = 0.0
    due: float | None = None

    def begin(self) -> None:
        """Start it, deaf to the Ctrl-C of our terminal and bound to our life."""
        self.begun, self.due = monotonic(), None
        self.process = subprocess.Popen(  # noqa: S603 - our own verb
            [sys.executable, "-m", "quotaloom.web", *self.words],
            env=os.environ | {ATTENDED: "1"},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def code(self) -> int | None:
        """Its exit code, minus a signal's number; None while it lives."""
        return self.process.poll() if self.process else None

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, if it lives."""
        if self.process and self.code() is None:
            self.process.send_signal(number)

    def revive(self) -> None:
        """Begin a dead one anew: at once, but after a rest where it lived for moments only."""
        code = self.code()
        if code is None:
            return
        if self.due is None:
            lived = monotonic() - self.begun
            self.rest = 0.0 if lived > LONG_LIFE else min(LONGEST_REST, self.rest + 1)
            self.due = monotonic() + self.rest
            say(warning("serve.child_died", self.words[0], left_with=code, rest=int(self.rest)))
        if monotonic() >= self.due:
            self.begin()


def supervise(children: Sequence[Child], when_up: Callable[[threading.Event], bool]) -> int:
    """Run the children until we are told to stop; answers the exit code.

    ``when_up`` is called once they are begun, with the event that says to stop; where it answers
    False the whole is given up.
    """
    stopping = threading.Event()
    before = {
        one: signal.signal(one, lambda *_: stopping.set())
        for one in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        for child in children:
            child.begin()
        if not when_up(stopping):
            return 1
        while not stopping.wait(BETWEEN):
            _revive(children)
        return 0
    finally:
        _stop(children)
        for number, handler in before.items():
            signal.signal(number, handler)


def _revive(children: Sequence[Child]) -> None:
    for child in children:
        child.revive()


def _stop(children: Sequence[Child]) -> None:
    """Ask, ask again, end: work in hand has its time, and nothing is left behind."""
    for number, patience in ((signal.SIGTERM, PATIENCE), (signal.SIGTERM, 3.0)):
        for child in children:
            child.signal(number)
        if _gone(children, patience):
            return
        say(info("serve.waiting"))
    for child in children:
        child.signal(signal.SIGKILL)
    _gone(children, 5.0)


def _gone(children: Sequence[Child], patience: float) -> bool:
    until = monotonic() + patience
    while any(child.process and child.code() is None for child in children):
        if monotonic() > until:
            return False
        sleep(0.05)
    return True
