"""Secrets that are shown once: what is kept is their digest."""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> str:
    """Random text that fits an address and a header."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """The digest to keep and to look up; a random secret needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()
