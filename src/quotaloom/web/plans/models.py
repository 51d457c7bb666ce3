"""Uploads and the plans made from them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Upload(models.Model):
    """A file as it came; it lies in the data folder under its digest and never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.name


class Stage(models.TextChoices):
    """How far a plan has come."""

    DRAFT = "draft"
    ARCHIVED = "archived"


class Plan(models.Model):
    """A decomposed target: its cells lie in the data folder, in the folder of its id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=20, default="booked")  # a code of org.roles.MEASURES
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    version = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, blank=True)
    total = models.BigIntegerField()  # 分
    unit = models.BigIntegerField()  # 分
    leaf_count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # of the cells
    org_header = models.CharField(max_length=200, blank=True)  # leaf column that names seats
    job = models.UUIDField(null=True, blank=True, unique=True)  # that made it
    request = models.JSONField(default=dict)  # what was asked, as the form knows it
    as_of = models.DateField(null=True, blank=True)  # last day of the facts
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.name
