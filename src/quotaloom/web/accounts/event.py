"""What happens to accounts, told to whoever keeps the audit; accounts lie below it."""

from __future__ import annotations

from django.dispatch import Signal

account_event = Signal()  # request, action, user (None: unknown), params
