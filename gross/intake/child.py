"""Reading in a process of its own: engines abort, hang and exhaust memory, and none of that raises.

The parent's side is `ReaderProcess`; `python -m gross.intake.child` is the other. Between them go
length-prefixed messages: a JSON head and the file's bytes one way, JSON the other.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, TypeVar

from gross.domain.errors import Refused
from gross.intake import MAX_BYTES, asks, frames
from gross.intake.as_json import from_json, refusal_to_json
from gross.intake.limits import SECONDS, confine, renew_seconds
from gross.intake.types import Reading

FILES_PER_PROCESS = 500  # after so many a new process begins, whatever the engines have leaked
MAX_NAME = 255  # code points

T = TypeVar("T")
_FOLDER = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class ReaderProcess:
    """A process that reads one file after another, and is replaced when one is too much for it.

    Close it, or use it in a `with`. Threads may share it; they wait for one another.
    """

    def __init__(
        self, *, seconds: float = SECONDS, files_per_process: int = FILES_PER_PROCESS
    ) -> None:
        self._seconds = seconds
        self._files_per_process = files_per_process
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0
        self._turn = threading.Lock()

    def __enter__(self) -> ReaderProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def read(self, filename: str, content: bytes, *, day_first: bool | None = False) -> Reading:
        """Read a file under limits of 20 seconds and 1 GB, without network.

        Raises:
            Refused: the file cannot be read, for whatever reason; the sentence says which.
        """
        return self.told(filename, content, from_json, ask="read", day_first=day_first)

    def told(self, filename: str, content: bytes, build: Callable[[Any], T], **asked: object) -> T:
        """What the process answers to an ask of `gross.intake.asks`, built from its JSON.

        Raises:
            Refused: as `read`; or the answer cannot be built.
        """
        if len(content) > MAX_BYTES:
            raise Refused(f"{filename} is larger than 50 MB; split it, or take out its pictures.")
        head = {"filename": filename[-MAX_NAME:], **asked}
        with self._turn:
            reply = self._ask(filename, json.dumps(head).encode("ascii"), content)
        try:
            values = json.loads(reply)
            if values["outcome"] == "refused":
                raise Refused(str(values["reason"]))
            return build(values)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Refused(f"{filename} could not be read: the reader gave no sense.") from error

    def close(self) -> None:
        """End the process and all that it started."""
        process, self._process, self._files = self._process, None, 0
        if process is None:
            return
        with suppress(ProcessLookupError):  # it may have gone by itself
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _ask(self, filename: str, head: bytes, content: bytes) -> bytes:
        if self._files >= self._files_per_process:
            self.close()
        process = self._process or self._start()
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the reader was started without its pipes")
        self._files += 1
        try:
            return frames.ask(
                process.stdin.fileno(),
                process.stdout.fileno(),
                (head, content),
                deadline=time.monotonic() + self._seconds,
            )
        except (frames.TimedOutError, frames.BrokenError) as error:
            raise Refused(self._why_lost(filename, process, error)) from error

    def _why_lost(self, filename: str, process: subprocess.Popen[bytes], error: Exception) -> str:
        is_late = isinstance(error, frames.TimedOutError)
        if not is_late:
            # Its pipe is closed, so it has ended or is about to; how it ended says why.
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
        is_late = is_late or process.returncode == -signal.SIGXCPU
        self.close()
        if is_late:
            return f"{filename} took longer than {self._seconds:g} seconds to read."
        return f"{filename} could not be read: the reader crashed."

    def _start(self) -> subprocess.Popen[bytes]:
        # The command is this interpreter and this module; nothing from outside is in it.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gross.intake.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=_FOLDER,
            env={"PYTHONPATH": _FOLDER, "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
            start_new_session=True,
        )
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                os.set_blocking(pipe.fileno(), False)
        return self._process


def read_guarded(filename: str, content: bytes, *, day_first: bool | None = False) -> Reading:
    """Read one file in a process that ends with it; for many, keep a `ReaderProcess`.

    Raises:
        Refused: as `ReaderProcess.read`.
    """
    with ReaderProcess() as process:
        return process.read(filename, content, day_first=day_first)


def main() -> None:
    """Answer files until the parent goes."""
    stdin, stdout = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # an engine that prints must not break a message
    confine()
    while (head := frames.read(stdin)) is not None:
        content = frames.read(stdin)
        if content is None:
            return
        renew_seconds()
        frames.write(stdout, json.dumps(_answer(json.loads(head), content)).encode("ascii"))


def _answer(head: dict[str, Any], content: bytes) -> dict[str, Any]:
    filename = str(head["filename"])
    try:
        return asks.ALL[head["ask"]](filename, content, head)
    except Refused as refusal:
        return refusal_to_json(str(refusal))
    except MemoryError:
        return refusal_to_json(f"{filename} needs more memory to read than the 1 GB it may have.")


if __name__ == "__main__":
    main()
