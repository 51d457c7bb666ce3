"""A job: long work that a page can watch and stop."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from quotaloom.web.jobs.stage import stage_word


class State(models.TextChoices):
    """Where a job stands; the last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"  # the data or the wishes were refused: see findings
    FAILED = "failed"  # a fault of ours
    CANCELLED = "cancelled"


FINAL = (State.DONE, State.REFUSED, State.FAILED, State.CANCELLED)


class Job(models.Model):
    """What was asked, how far it is, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    stage = models.CharField(max_length=40, blank=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    is_writing = models.BooleanField(default=False)  # from here on it can no longer be stopped
    result = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=64, blank=True)  # who has it in hand, or had it last
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-created_at",)
        indexes = (models.Index(fields=["owner", "-created_at"]),)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in FINAL

    @property
    def stage_word(self) -> str:
        """What it is at, in the language of the page."""
        return stage_word(self.stage)


class Worker(models.Model):
    """A worker that lives, as far as we have heard."""

    id = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    mark = models.CharField(max_length=40)  # tells the process from a later one of the same pid
    begun_at = models.DateTimeField()
    heard_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"
