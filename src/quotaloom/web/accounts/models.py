"""Who signs in, from where, and the company that they work for."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """An account. Its person, where it has one, points here; ids are opaque."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sso_only = models.BooleanField(default=False)  # no password opens it

    @property
    def shown_name(self) -> str:
        """The name that pages show."""
        return self.get_full_name() or self.username


class SignIn(models.Model):
    """One time that somebody got in, for "last sign-in" and for the audit of places."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d %H:%M}"


class FailedSignIn(models.Model):
    """One wrong password or code; enough of them within the window lock the account name."""

    key = models.CharField(max_length=64)  # digest of the name: what people type may be a secret
    address = models.CharField(max_length=45, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["key", "at"], name="failed_by_key"),
            models.Index(fields=["address", "at"], name="failed_by_address"),
        )

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.at:%Y-%m-%d %H:%M}"


class PasswordLink(models.Model):
    """A link that lets somebody choose a password once; only its digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} until {self.expires_at:%Y-%m-%d %H:%M}"


class Company(models.Model):
    """The one company of this workspace, as the first-run wizard asks for it."""

    name = models.CharField(max_length=100, blank=True)
    start_month = models.PositiveSmallIntegerField(default=1)
    cutoff_day = models.PositiveSmallIntegerField(default=0)  # 0: months end naturally
    pattern = models.CharField(max_length=5, blank=True)  # 4-4-5 and its like
    unit = models.CharField(max_length=4, default="wan")  # of pages, a code of ui.unit
    steps_done = models.JSONField(default=list)
    setup_digest = models.CharField(max_length=64, blank=True)  # of the token printed at start
    finished_at = models.DateTimeField(null=True, blank=True)
    offered = models.JSONField(default=dict)  # permissions that a built-in role was ever given

    def __str__(self) -> str:
        return self.name
