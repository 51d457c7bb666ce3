"""The verbs that need the web run in a process of their own: the command knows no Django."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from time import sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotaloom.cli.speech import Speech

BETWEEN = 0.1  # seconds
SETTINGS = "quotaloom.web.config.settings"


def web(words: Sequence[str], speech: Speech, **environment: str) -> int:
    """Run ``python -m quotaloom.web WORDS`` to its end; answers its exit code.

    Ctrl-C reaches it by the terminal, SIGTERM through us, and it ends when we are killed.
    """
    speech.flush()
    child = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "quotaloom.web", *words], env=_environment(speech, environment)
    )

    asked: list[signal.Signals] = []
    before = {
        number: signal.signal(number, lambda got, _: asked.append(signal.Signals(got)))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        return _ended(child, asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _environment(speech: Speech, more: Mapping[str, str]) -> dict[str, str]:
    told = {"QUOTALOOM_LANG": speech.lang, "QUOTALOOM_ATTENDED": "1", "PYTHONUTF8": "1"}
    told |= {"DJANGO_SETTINGS_MODULE": SETTINGS}  # not what another project left in the shell
    return {**os.environ, **told, **more}


def _ended(child: subprocess.Popen[bytes], asked: list[signal.Signals]) -> int:
    """Wait, and pass on what we are asked; looks now and then, for a wait may sleep through it."""
    while (code := child.poll()) is None:
        sleep(BETWEEN)
        if asked and child.poll() is None:  # Ctrl-C may have reached it by the terminal already
            child.send_signal(asked.pop())
    return code if code >= 0 else 128 - code
