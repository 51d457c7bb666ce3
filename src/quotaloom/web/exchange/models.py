"""What was handed out of a plan, and what came back."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import models

from quotaloom.core.model.findings import Severity
from quotaloom.web.jobs.selectors import findings_of
from quotaloom.web.plans.models import Plan

if TYPE_CHECKING:
    from quotaloom.core.model.findings import Finding

MOST_REASONS: Final = 2


class Handout(models.Model):
    """A workbook of a plan, or what a page showed of it (``is_screen``).

    ``content`` is all of it, as ``Handout.dumps`` writes it; ``scope`` names whose branch it is,
    ``shows`` the measure and the layer of each sheet, none for the plan's own.
    """

    id = models.UUIDField(primary_key=True, editable=False)  # the number in the file
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="handouts")
    scope = models.CharField(max_length=300, blank=True)
    is_screen = models.BooleanField(default=False)
    position = models.PositiveIntegerField()
    content = models.TextField()
    shows = models.JSONField(default=list)
    unit = models.CharField(max_length=8)
    due = models.DateField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-made_at", "scope")

    def __str__(self) -> str:
        return self.scope or str(self.pk)


class State(models.TextChoices):
    """What became of a file."""

    WAITS = "waits"  # nobody looked at it yet
    READY = "ready"  # it could be taken as it is
    UNDECIDED = "undecided"  # others changed the same cells since
    REFUSED = "refused"
    TAKEN = "taken"
    NOTHING = "nothing"  # it says what the plan says
    AGAIN = "again"  # the very same file was taken before
    UNDONE = "undone"  # taken, and taken back since


class Return(models.Model):
    """A file that came back. ``handout`` is None where it is not known of what.

    ``figures`` are sheet, line, column and units each; without the sheet where there was but one.
    ``edit`` is the last edit that wrote them, 0 for none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="returns")
    handout = models.ForeignKey(Handout, models.CASCADE, null=True, related_name="returns")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITS)
    findings = models.JSONField(default=list)
    figures = models.JSONField(default=list)
    cells = models.PositiveIntegerField(default=0)
    edit = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-brought_at", "name")

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def reasons(self) -> list[Finding]:
        """The first things that stopped it, for a list."""
        return findings_of(self._errors[:MOST_REASONS])

    @property
    def more_reasons(self) -> bool:
        """Whether there is more than the list shows."""
        return len(self._errors) > MOST_REASONS

    @property
    def _errors(self) -> list[dict[str, Any]]:
        return [one for one in self.findings if one["severity"] == Severity.ERROR]
