"""Who is at which plan, and the comments on its figures."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from quotaloom.web.plans.models import Plan


class Presence(models.Model):
    """Somebody who looks at a plan; ``sight`` is the key of what she sees of it.

    ``members`` is the node at which she works, as [header, code] pairs; None for none.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    members = models.JSONField(null=True)
    period = models.CharField(max_length=40, blank=True)
    sight = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "plan"], name="one_place_a_plan"),)

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.plan_id}"


class Thread(models.Model):
    """What is said about one figure; ``members`` is its node, as [header, code] pairs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    members = models.JSONField()
    period = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ("opened_at", "pk")
        indexes = (models.Index(fields=["plan", "resolved_at"], name="threads_of_a_plan"),)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.members} {self.period}"


class Comment(models.Model):
    """One remark, never changed."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:80]
