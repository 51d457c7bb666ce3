"""Answers that stay true as long as a plan's cells do: kept by digest and by what is seen.

The key of everything kept holds the digest of the cells and the key of the sight, so that two users
share an answer only where they see the same.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")
MOST: Final = 2_000
_LOCK = threading.Lock()
_ANSWERS: OrderedDict[Hashable, object] = OrderedDict()


def kept(key: Hashable, answer: Callable[[], T]) -> T:
    """The answer of an earlier call with the key, else a new one, which is kept."""
    with _LOCK:
        if key in _ANSWERS:
            _ANSWERS.move_to_end(key)
            return cast("T", _ANSWERS[key])
    found = answer()
    with _LOCK:
        _ANSWERS[key] = found
        while len(_ANSWERS) > MOST:
            _ANSWERS.popitem(last=False)
    return found
