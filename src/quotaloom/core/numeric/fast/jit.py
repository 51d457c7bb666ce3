"""One way to compile a kernel, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

Kernel = TypeVar("Kernel", bound="Callable[..., Any]")


def jit(function: Kernel) -> Kernel:
    """Compile at the first call, keep the code beside the file, let other threads run."""
    return cast("Kernel", numba.njit(nogil=True, cache=True, error_model="numpy")(function))
