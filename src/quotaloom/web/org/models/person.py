"""People, and the seats they hold for a time."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models

from quotaloom.web.org.models.member import Member


class Person(models.Model):
    """Somebody who works or worked here; plans know only the opaque id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff_no = models.CharField(max_length=40, unique=True, null=True, blank=True)
    name = models.CharField(max_length=100)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
    )
    left_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Occupancy(models.Model):
    """A person holds a share of a seat while [valid_from, valid_to)."""

    seat = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="occupancies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="occupancies")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    share = models.DecimalField(max_digits=5, decimal_places=4, default=Decimal(1))

    class Meta:
        ordering = ("valid_from",)
        constraints = (
            models.UniqueConstraint(
                fields=["seat", "person", "valid_from"], name="occupancy_once_a_day"
            ),
            models.CheckConstraint(
                name="occupancy_share_within_one",
                condition=models.Q(share__gt=0) & models.Q(share__lte=1),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} on {self.seat_id}"
