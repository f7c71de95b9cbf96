"""Mark a function for machine code: compiled on first call, kept on disk for the next run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Compile `function` with numba; always call it with arrays of the same types.

    Each further set of types costs a compilation of its own, a second or two.
    """
    return cast(Function, numba.njit(cache=True, nogil=True)(function))
