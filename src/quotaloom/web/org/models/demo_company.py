"""The made-up company that somebody put into this workspace to try it, and how to clear it."""

from __future__ import annotations

from django.db import models

from quotaloom.web.jobs.models import Job


class DemoCompany(models.Model):
    """One row for each time; at most one is not cleared."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+")  # that put it in
    written = models.JSONField(default=dict)  # axis -> org.written
    trees = models.JSONField(default=list)  # [axis, code] of those that were made
    parts = models.JSONField(default=dict)  # what other apps put in: name -> id
    put_in_at = models.DateTimeField(auto_now_add=True)
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-put_in_at",)

    def __str__(self) -> str:
        return f"{self.put_in_at:%Y-%m-%d %H:%M}"
