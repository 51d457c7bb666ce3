"""One way to compile a kernel, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

Kernel = TypeVar("Kernel", bound="Callable[..., Any]")


def jit(function: Kernel) -> Kernel:
    """Compile at the first call and let other threads run meanwhile.

    The code is kept beside the file or in the user's cache folder; where neither can be written it
    is compiled anew in each process.
    """
    try:
        return _compiler(cache=True)(function)
    except RuntimeError:
        return _compiler(cache=False)(function)


def _compiler(*, cache: bool) -> Callable[[Kernel], Kernel]:
    settings = numba.njit(nogil=True, cache=cache, error_model="numpy")
    return cast("Callable[[Kernel], Kernel]", settings)
