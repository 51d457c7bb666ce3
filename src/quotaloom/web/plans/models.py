"""Uploads and the plans made from them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


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


class Role(models.TextChoices):
    """What a file is for in a plan."""

    FACTS = "facts", _("Past orders")
    JOIN = "join", _("A table to look up")
    WEIGHTS = "weights", _("Weights without dates")
    SEASON = "season", _("Shares of the periods")
    ROSTER = "roster", _("Who is there next year")
    POTENTIAL = "potential", _("Potential of members")


SINGLE = frozenset({Role.WEIGHTS, Role.SEASON, Role.ROSTER, Role.POTENTIAL})  # one file each


class Draft(models.Model):
    """A plan that is being asked for: the answers as typed so far, and the job they went to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    typed = models.JSONField(default=dict)
    job = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return str(self.typed.get("name") or self.pk)


class DraftFile(models.Model):
    """A file of a draft. A joined one is called ``alias``; ``left`` is a column of another."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role.choices)
    alias = models.CharField(max_length=200)
    left = models.TextField(blank=True)  # qualified: table.header
    right = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.upload.name

    @property
    def is_joined(self) -> bool:
        """Whether it is a table to look up, with both columns chosen."""
        return self.role == Role.JOIN and bool(self.left and self.right)


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
    also = models.JSONField(default=list)  # codes of other measures that it plans
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
    root = models.ForeignKey(  # the plan that this is a scenario of, none for a plan of its own
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="scenarios"
    )
    request = models.JSONField(default=dict)  # what was asked, as the form knows it
    as_of = models.DateField(null=True, blank=True)  # last day of the facts
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.name
