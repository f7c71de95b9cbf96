"""What a reading process may use: memory, time, file size and open files; and no network at all."""

from __future__ import annotations

import ctypes
import resource
import socket
from typing import NoReturn

MEMORY_BYTES = 1 << 30
SECONDS = 20
FILE_BYTES = 128 << 20
OPEN_FILES = 64

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000


def confine() -> None:
    """Bind this process for good. Call it once, before anything from outside is read."""
    _leave_network()
    _lower(resource.RLIMIT_AS, MEMORY_BYTES)
    _lower(resource.RLIMIT_FSIZE, FILE_BYTES)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    _lower(resource.RLIMIT_CORE, 0)


def renew_seconds(more: int = 0) -> None:
    """Give the next file its full processor time; the parent counts wall time beside it.

    A program that it starts, for OCR, counts its own time up to the same bound.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(used.ru_utime + used.ru_stime) + 1 + SECONDS + more
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, hard))


def _lower(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def _leave_network() -> None:
    """Enter an empty network where the system allows; in any case let Python open no socket."""
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "unshare"):
        libc.unshare(
            _CLONE_NEWUSER | _CLONE_NEWNET
        )  # refused in many containers: the bar below holds

    def refuse(*_args: object, **_options: object) -> NoReturn:
        raise PermissionError("a reader opens no network connection")

    for name in ("socket", "create_connection", "create_server", "socketpair", "getaddrinfo"):
        setattr(socket, name, refuse)
