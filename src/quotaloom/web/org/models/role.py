"""Roles name permissions; a grant gives a role to a user on a branch and on measures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from quotaloom.web.org.models.member import Member


class Role(models.Model):
    """What one may do; processes know roles, not positions."""

    code = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    permissions = models.JSONField(default=list)
    is_builtin = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name_zh if (get_language() or "zh").startswith("zh") else self.name_en


class Grant(models.Model):
    """A role of a user while [valid_from, valid_to): below ``scope``, or everywhere without one."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants"
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="grants")
    scope = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True)
    measures = models.JSONField(default=list)  # empty: all
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("valid_from", "id")

    def __str__(self) -> str:
        return f"{self.user_id} {self.role_id}"
