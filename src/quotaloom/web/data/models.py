"""The log of batches, which makes them visible, and files on their way to become one."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from quotaloom.web.jobs.models import Job
from quotaloom.web.jobs.selectors import findings_of


class FactEntry(models.Model):
    """One line of the log of batches, never changed; see ``warehouse.batches.entry.Entry``."""

    position = models.PositiveIntegerField(primary_key=True)
    dataset = models.CharField(max_length=40, db_index=True)
    act = models.CharField(max_length=8)
    line = models.TextField()

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.position} {self.act} {self.dataset}"


class State(models.TextChoices):
    """What became of an uploaded file."""

    WAITS = "waits"  # nobody looked at it yet
    READY = "ready"
    REFUSED = "refused"
    NOTHING = "nothing"  # it says what is there already
    TAKEN = "taken"


class Upload(models.Model):
    """A file of facts as it came. ``reading`` says how it is read, ``effect`` what it would do.

    ``mends`` are the cells that somebody put right, as ``Mend`` says them, without the file.
    ``position`` is that of its batch, None as long as it has none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    dataset = models.CharField(max_length=40, blank=True)
    reading = models.JSONField(default=dict)
    mends = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITS)
    effect = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    position = models.PositiveIntegerField(null=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at", "name")

    def __str__(self) -> str:
        return self.name

    @property
    def is_busy(self) -> bool:
        """Whether a job has it in hand."""
        return self.job is not None and not self.job.is_over

    @property
    def told(self) -> list[object]:
        """What was found, as findings again."""
        return list(findings_of(self.findings))
