"""Cards of the demo's sign-in page; whoever knows the roles puts their maker here at start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Card:
    """A role that one click signs in to: whose account, in whose name, and how far it reaches."""

    account: str
    role: str
    name: str
    reach: str


MAKERS: list[Callable[[], list[Card]]] = []


def demo_cards() -> list[Card]:
    """The cards of all makers."""
    return [card for make in MAKERS for card in make()]
