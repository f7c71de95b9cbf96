"""Messages over a pipe: a length of eight bytes, then as many bytes; nothing is ever unpickled."""

from __future__ import annotations

import os
import select
import struct
import time
from collections.abc import Iterator
from typing import BinaryIO

LENGTH = struct.Struct(">Q")
MAX_REPLY_BYTES = 512 << 20
_CHUNK = 1 << 16


class TimedOutError(Exception):
    """The other side was not done in time."""


class BrokenError(Exception):
    """The other side went away, or says what no reader says."""


def write(stream: BinaryIO, *messages: bytes) -> None:
    for message in messages:
        stream.write(LENGTH.pack(len(message)))
        stream.write(message)
    stream.flush()


def read(stream: BinaryIO) -> bytes | None:
    """The next message; None at the end of the stream."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return stream.read(LENGTH.unpack(head)[0])


def ask(to: int, back: int, messages: tuple[bytes, ...], *, deadline: float) -> bytes:
    """Send messages and wait for the one reply, until `deadline` of the monotonic clock.

    Both pipes must not block. Sending and waiting share one deadline: a process that hangs before
    it has taken the whole file is as late as one that hangs after.

    Raises:
        TimedOutError, BrokenError: there was no reply.
    """
    for message in messages:
        for piece in (LENGTH.pack(len(message)), message):
            _send(to, piece, deadline)
    size = LENGTH.unpack(_receive(back, LENGTH.size, deadline))[0]
    if size > MAX_REPLY_BYTES:
        raise BrokenError("the reply is too long")
    return _receive(back, size, deadline)


def _send(to: int, piece: bytes, deadline: float) -> None:
    rest = memoryview(piece)
    for _ in _ready(to, select.POLLOUT, deadline):
        if not rest:
            return
        try:
            rest = rest[os.write(to, rest[:_CHUNK]) :]
        except BlockingIOError:
            continue
        except OSError as error:
            raise BrokenError("the reader is gone") from error
        if not rest:
            return


def _receive(back: int, size: int, deadline: float) -> bytes:
    pieces: list[bytes] = []
    missing = size
    for _ in _ready(back, select.POLLIN, deadline):
        piece = os.read(back, min(missing, 1 << 20))
        if not piece and missing:
            raise BrokenError("the reader is gone")
        pieces.append(piece)
        missing -= len(piece)
        if not missing:
            break
    return b"".join(pieces)


def _ready(descriptor: int, event: int, deadline: float) -> Iterator[None]:
    """Yield each time the pipe is ready, until the deadline."""
    poll = select.poll()
    poll.register(descriptor, event)
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise TimedOutError
        yield
