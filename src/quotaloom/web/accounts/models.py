"""Who signs in."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """An account. Its person, where it has one, points here; ids are opaque."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    @property
    def shown_name(self) -> str:
        """The name that pages show."""
        return self.get_full_name() or self.username
