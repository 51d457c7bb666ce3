"""Secrets that the database keeps: sealed under a key that is derived from the secret key.

What is sealed says so at its beginning. Whoever reads the database or a dump without the secret
key reads no second factor; a backup holds both, as it always did.
"""

from __future__ import annotations

import base64
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK: Final = "sealed1:"
PURPOSE: Final = b"quotaloom second factor"  # another purpose, another key


class Unreadable(Exception):
    """A secret was sealed under another secret key, or was never sealed."""


def seal(text: str) -> str:
    """The text as the database may keep it."""
    return MARK + _box().encrypt(text.encode()).decode()


def unseal(kept: str) -> str:
    """The text again. Raises Unreadable."""
    if not kept.startswith(MARK):
        raise Unreadable
    try:
        return _box().decrypt(kept.removeprefix(MARK)).decode()
    except InvalidToken as cause:
        raise Unreadable from cause


def _box() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
