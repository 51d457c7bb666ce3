"""Registers the kinds of jobs."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from django.apps import AppConfig
from django.db.utils import OperationalError


class Slow(AppConfig):
    """Jobs for tests."""

    name = "tests.support.slow"
    label = "slow"

    def ready(self):
        from quotaloom.web.jobs.registry import kind  # noqa: PLC0415 - needs the models

        kind("slow")(slow)
        kind("deadly")(deadly)
        kind("faulty")(faulty)
        kind("full")(full)
        kind("away")(away)


def mark(job, text):
    with Path(job.params["marks"]).open("a", encoding="utf-8") as file:
        file.write(text + "\n")


def slow(job, progress):
    """So many steps of so many seconds; a mark at the begin, at each step and at the end."""
    mark(job, "begin")
    for step in range(job.params["steps"]):
        progress("spread", step, job.params["steps"])
        time.sleep(job.params["seconds"])
        mark(job, f"step {step}")
    mark(job, "end")
    return {"url": "/"}


def deadly(job, _progress):
    """Ends the worker, each time."""
    mark(job, "begin")
    os.kill(os.getpid(), signal.SIGKILL)


def faulty(_job, _progress):
    raise RuntimeError("a secret detail")


def full(_job, _progress):
    raise OSError(28, "No space left on device")


def away(job, _progress):
    """Finds no database, the first time."""
    mark(job, "begin")
    if job.attempts == 1:
        raise OperationalError("server closed the connection unexpectedly")
    return {"url": "/"}
