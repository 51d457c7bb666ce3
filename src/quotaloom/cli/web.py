"""The verbs that need the web run in a process of their own: the command knows no Django."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType

    from quotaloom.cli.speech import Speech


def web(words: Sequence[str], speech: Speech, **environment: str) -> int:
    """Run ``python -m quotaloom.web WORDS`` to its end; answers its exit code.

    Ctrl-C reaches it by the terminal, SIGTERM through us, and it ends when we are killed.
    """
    speech.flush()
    child = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "quotaloom.web", *words], env=_environment(speech, environment)
    )

    def pass_on(number: int, _frame: FrameType | None) -> None:
        child.send_signal(number)

    before = signal.signal(signal.SIGTERM, pass_on)
    try:
        return _ended(child)
    finally:
        signal.signal(signal.SIGTERM, before)


def _environment(speech: Speech, more: Mapping[str, str]) -> dict[str, str]:
    told = {"QUOTALOOM_LANG": speech.lang, "QUOTALOOM_ATTENDED": "1", "PYTHONUTF8": "1"}
    return {**os.environ, **told, **more}


def _ended(child: subprocess.Popen[bytes]) -> int:
    while True:
        try:
            code = child.wait()
        except KeyboardInterrupt:
            continue  # the child heard it too, and ends in order
        return code if code >= 0 else 128 - code
