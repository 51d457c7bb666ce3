"""A living plan: its definition and head, its records, and the cells and texts that they name."""

from __future__ import annotations

from django.db import models

DIGEST = 64  # hexadecimal signs


class PlanJournal(models.Model):
    """Where the journal of a plan stands. ``definition`` never changes; ``hash`` is the head's."""

    id = models.UUIDField(primary_key=True, editable=False)  # the plan's
    definition = models.TextField()
    position = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=DIGEST)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.pk} #{self.position}"


class JournalRecord(models.Model):
    """One sealed record, never changed."""

    journal = models.ForeignKey(PlanJournal, models.PROTECT, related_name="records")
    position = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["journal", "position"], name="one_record_a_position"),
        )

    def __str__(self) -> str:
        return f"{self.journal_id} #{self.position}"


class JournalCells(models.Model):
    """Figures or stored deltas, by digest."""

    journal = models.ForeignKey(PlanJournal, models.PROTECT, related_name="cells")
    digest = models.CharField(max_length=DIGEST)
    content = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["journal", "digest"], name="cells_by_digest"),
        )

    def __str__(self) -> str:
        return self.digest


class JournalText(models.Model):
    """A reason or a note with its salt, by digest; it may be erased."""

    journal = models.ForeignKey(PlanJournal, models.PROTECT, related_name="texts")
    digest = models.CharField(max_length=DIGEST)
    content = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["journal", "digest"], name="texts_by_digest"),
        )

    def __str__(self) -> str:
        return self.digest


class JournalCheckpoint(models.Model):
    """The cells of a plan at a head of its journal; ``seal`` is the digest of the content."""

    journal = models.ForeignKey(PlanJournal, models.PROTECT, related_name="checkpoints")
    position = models.PositiveIntegerField()
    hash = models.CharField(max_length=DIGEST)
    seal = models.CharField(max_length=DIGEST)
    content = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["journal", "position", "hash"], name="one_checkpoint_a_head"
            ),
        )

    def __str__(self) -> str:
        return f"{self.journal_id} #{self.position}"
