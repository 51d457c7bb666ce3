"""One row an action, each bound to the row before it."""

from __future__ import annotations

from typing import Any

from django.db import models


class AuditRow(models.Model):
    """What was done, by whom, to what. Rows are only ever added."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)  # opaque user id, or "system"
    acting_for = models.CharField(max_length=64, blank=True)  # whose view was borrowed
    action = models.CharField(max_length=64)  # <entity>.<verb>
    subject = models.CharField(max_length=200)
    params = models.TextField()  # canonical JSON
    address = models.CharField(max_length=45, blank=True)
    algorithm = models.CharField(max_length=16)
    previous = models.CharField(max_length=128)
    hash = models.CharField(max_length=128)

    class Meta:
        ordering = ("number",)
        indexes = (models.Index(fields=["action"]), models.Index(fields=["subject"]))

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"

    def hashed(self) -> dict[str, Any]:
        """The content that the hash speaks for."""
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "actor": self.actor,
            "acting_for": self.acting_for,
            "action": self.action,
            "subject": self.subject,
            "params": self.params,
            "address": self.address,
        }


class AuditHead(models.Model):
    """The one row that a writer locks, so that numbers and hashes follow each other.

    ``beyond_plans`` is the number of the last row that is about more than a plan's own figures.
    """

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=128)
    beyond_plans = models.PositiveBigIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"
