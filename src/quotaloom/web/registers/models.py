"""Opportunities, and every change of them: one row a submit, one row a field that it changed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quotaloom.web.org.models import Member


class Outcome(models.TextChoices):
    """How an opportunity stands; the codes are those of the facts."""

    OPEN = "open", _("Open")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")


class Opportunity(models.Model):
    """One opportunity as it stands after ``position`` submits. Amounts are 分.

    ``master`` names the source of a record that is kept elsewhere, "" where it is kept here.
    ``seat`` is whose it is, None where nobody knows. What begins with ``seen_`` is the overlay: how
    people here see a record of another system. ``is_there`` is False once the import that brought
    it was taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=80, unique=True)
    master = models.CharField(max_length=80, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_there = models.BooleanField(default=True)
    seat = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    person = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=200)
    customer = models.CharField(max_length=200, blank=True)
    product = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=4, choices=Outcome.choices, default=Outcome.OPEN)
    amount = models.BigIntegerField(null=True)
    probability = models.PositiveSmallIntegerField(null=True)
    begun_on = models.DateField(null=True)
    expected_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    competitor = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    seen_amount = models.BigIntegerField(null=True)
    seen_expected_on = models.DateField(null=True)
    seen_note = models.TextField(blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["seat", "outcome"], name="opportunity_by_seat"),
            models.Index(fields=["updated_at"], name="opportunity_by_update"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Update(models.Model):
    """One submit about a record: by whom, when, and whether in time.

    ``batch`` is the import that brought it, 0 for what people typed here; ``person`` is what the
    ``author`` was called then.
    ``happened_at`` is when what it tells took place, None where nobody said.
    """

    record = models.ForeignKey(Opportunity, models.PROTECT, related_name="updates")
    position = models.PositiveIntegerField()
    at = models.DateTimeField()
    happened_at = models.DateTimeField(null=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    person = models.CharField(max_length=150, blank=True)
    batch = models.PositiveIntegerField(default=0)
    day = models.DateField()
    is_on_time = models.BooleanField(default=True)
    is_within_day = models.BooleanField(default=True)
    is_published = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["record", "position"], name="update_once_a_position"),
        )
        indexes = (
            models.Index(
                fields=["id"], condition=models.Q(is_published=False), name="update_unpublished"
            ),
        )

    def __str__(self) -> str:
        return f"{self.record_id} {self.position}"


class Change(models.Model):
    """A field that an update changed; values as JSON holds them, see ``field.plain``."""

    update = models.ForeignKey(Update, models.CASCADE, related_name="changes")
    field = models.CharField(max_length=20)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["update", "field"], name="change_once_a_field"),
        )

    def __str__(self) -> str:
        return f"{self.update_id} {self.field}"


class Taken(models.Model):
    """The position of the log of batches up to which imports were taken into the register."""

    position = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.position)
