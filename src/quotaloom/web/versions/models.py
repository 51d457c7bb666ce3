"""Scenarios beside a plan, the editions released of it, and names for its positions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.db import models

from quotaloom.core.model.errors import DataRefused
from quotaloom.core.model.findings import error
from quotaloom.web.plans.models import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable


class Scenario(models.Model):
    """What is known of a copy of a plan: whence, by whom, what for. Its figures are a plan's."""

    plan = models.OneToOneField(
        Plan, models.CASCADE, primary_key=True, related_name="scenario", db_column="plan_id"
    )
    source = models.CharField(max_length=80)  # the version that was copied, as addresses name it
    growth = models.CharField(max_length=40, blank=True)  # as typed
    note = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.plan.name


class Kept(models.QuerySet["Edition"]):
    """Editions, which nobody changes or deletes."""

    def update(self, **_changes: object) -> NoReturn:
        """Refused."""
        raise _stays()

    def bulk_update(self, *_args: object, **_how: object) -> NoReturn:
        """Refused."""
        raise _stays()

    def delete(self) -> NoReturn:
        """Refused."""
        raise _stays()


class Edition(models.Model):
    """A released plan; its cells lie in the data folder, in the folder of the plan's editions.

    Rows are only ever added: the model refuses, and the database's own triggers do.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=500, blank=True)
    period = models.CharField(max_length=20)  # from which it is in force
    effective = models.DateField()  # the first day of that period
    position = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)  # of the cells
    seal = models.CharField(max_length=64)  # of the edition's own description
    total = models.BigIntegerField()  # 分, of the plan's measure
    elapsed = models.CharField(max_length=20, blank=True)  # the last period that was closed
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    released_at = models.DateTimeField(auto_now_add=True)

    objects = Kept.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["plan", "number"], name="one_edition_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def save(self, *args: Any, **how: Any) -> None:  # noqa: ANN401 - as Django's own
        """Only once."""
        if not self._state.adding:
            raise _stays(self.name)
        super().save(*args, **how)

    def delete(self, *_args: object, **_how: object) -> NoReturn:
        """Refused."""
        raise _stays(self.name)


class SavePoint(models.Model):
    """A name for a plan as it was at a position of its journal."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="save_points")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"#{self.position} {self.name}"


def _stays(name: str = "") -> DataRefused:
    return DataRefused([error("edition.stays", name)])


def told(edition: Edition) -> dict[str, object]:
    """What the audit records of an edition, and what it is held against later."""
    names: Iterable[str] = ("number", "period", "position", "head", "digest", "seal", "total")
    return {name: getattr(edition, name) for name in names}
