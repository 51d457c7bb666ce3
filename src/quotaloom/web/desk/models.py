"""What was answered to programs that may ask the same thing again."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Answered(models.Model):
    """The answer to a request that bore a key: asked again, it is answered and not done again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # of the address and the body
    answer = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "key"], name="one_answer_a_key"),)

    def __str__(self) -> str:
        return self.key
