"""A list that somebody brought: the file, how it is read, what came of it, how to take it back."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from quotaloom.web.jobs.models import Job
from quotaloom.web.org.models.member import Axis


class ListImport(models.Model):
    """The file lies in the data folder, in the folder of the id, under its own name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    axis = models.CharField(max_length=12, choices=Axis.choices)
    tree = models.CharField(max_length=40)
    day = models.DateField()
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    params = models.JSONField(default=dict)  # sheet, header_row, encoding, double, columns by role
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="+")  # the last
    reading = models.JSONField(default=dict)  # what came of reading it, as lists.outcome says
    counts = models.JSONField(default=dict)  # new, changed, same, people; once written
    written = models.JSONField(default=dict)  # org.written; once written
    created_at = models.DateTimeField(auto_now_add=True)
    written_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.name
