"""Mark a function for machine code: compiled on first call, kept on disk for the next run.

numba takes a second or two to import, and only a scan needs it, so it is imported at the first
call: a page, a vote or `gross verify` never waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from types import FunctionType
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., object])


class Compiled:
    """Stands for a function until its first call."""

    def __init__(self, function: FunctionType) -> None:
        self.function = function

    def __call__(self, *arguments: Any) -> Any:
        return self.machine(*arguments)

    @cached_property
    def machine(self) -> Callable[..., Any]:
        import numba  # see above

        known = self.function.__globals__
        for name in self.function.__code__.co_names:
            if isinstance(known.get(name), Compiled):
                known[name] = known[name].machine  # numba calls only what it compiled
        return cast(Callable[..., Any], numba.njit(cache=True, nogil=True)(self.function))


def compiled(function: Function) -> Function:
    """Compile `function` with numba; always call it with arrays of the same types.

    Each further set of types costs a compilation of its own, a second or two.
    """
    return cast(Function, Compiled(cast(FunctionType, function)))
