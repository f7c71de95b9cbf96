"""The reading process: what is too much for it ends in a sentence, and the next file is read."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from gross.domain.errors import Refused
from gross.intake import child, frames, read
from gross.intake.child import ReaderProcess, read_guarded
from tests.intake.makers import p, word

POLICY = b"Fall Prevention\n\nEffective Date: 03/12/2016\n\nPURPOSE\n\nTo keep patients safe.\n"


def refusal(process, filename, content):
    with pytest.raises(Refused) as refused:
        process.read(filename, content)
    return str(refused.value)


def test_a_file_reads_as_it_would_here():
    assert read_guarded("a.txt", POLICY) == read("a.txt", POLICY)
    assert read_guarded("a.txt", POLICY, day_first=True) == read("a.txt", POLICY, day_first=True)


def test_one_process_reads_many_files_and_refusals():
    with ReaderProcess() as process:
        process.read("a.txt", POLICY)
        first = process._process
        assert refusal(process, "b.docx", POLICY).startswith("b.docx is damaged")
        assert process.read("c.docx", word(p("Words"))).text == "Words"

        assert process._process is first


def test_a_process_is_replaced_after_its_share_of_files():
    with ReaderProcess(files_per_process=2) as process:
        pids = set()
        for _ in range(5):
            process.read("a.txt", POLICY)
            pids.add(process._process.pid)

    assert len(pids) == 3


def test_a_process_that_dies_is_a_sentence_and_the_next_file_is_read():
    with ReaderProcess() as process:
        process.read("a.txt", POLICY)
        os.kill(process._process.pid, signal.SIGSEGV)

        assert refusal(process, "b.txt", POLICY) == "b.txt could not be read: the reader crashed."
        assert process.read("c.txt", POLICY).title == "Fall Prevention"


def test_a_file_that_takes_too_long_is_a_sentence_and_its_process_ends():
    with ReaderProcess() as process:
        process.read("a.txt", POLICY)  # a process takes its time to begin
        process._seconds = 1
        pid = process._process.pid
        os.kill(pid, signal.SIGSTOP)
        started = time.monotonic()

        sentence = refusal(process, "b.txt", POLICY)

        assert sentence == "b.txt took longer than 1 seconds to read."
        assert time.monotonic() - started < 5
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_closing_twice_is_closing_once():
    process = ReaderProcess()
    process.read("a.txt", POLICY)
    process.close()
    process.close()


def test_a_large_file_passes_through_the_pipes():
    content = b"A line of a very long manual that nobody has read.\n" * 60_000

    assert read_guarded("a.txt", content).text == content.decode()


def test_more_than_fifty_megabytes_never_reach_the_process():
    with ReaderProcess() as process:
        sentence = refusal(process, "a.txt", bytes(child.MAX_BYTES + 1))

        assert sentence == "a.txt is larger than 50 MB; split it, or take out its pictures."
        assert process._process is None


def confined(code):
    """Run code after `confine`, in a process of its own."""
    program = "from gross.intake.limits import confine\nconfine()\n" + textwrap.dedent(code)
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30
    )


def test_memory_is_limited():
    assert "MemoryError" in confined("bytearray(1 << 31)").stderr


def test_no_socket_is_opened():
    assert (
        "a reader opens no network connection" in confined("import socket; socket.socket()").stderr
    )


def test_open_files_are_limited():
    code = "kept = [open('/dev/null') for _ in range(200)]"

    assert "Too many open files" in confined(code).stderr


def test_processor_time_is_limited():
    code = """
    import resource
    from gross.intake import limits
    limits.SECONDS = 0
    limits.renew_seconds()
    while True: pass
    """

    assert confined(code).returncode == -signal.SIGXCPU


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(b"not json", id="not JSON"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'{"outcome": "read"}', id="keys missing"),
    ],
)
def test_a_reply_without_sense_is_a_sentence(monkeypatch, reply):
    monkeypatch.setattr(frames, "ask", lambda *_args, **_options: reply)

    with ReaderProcess() as process:
        assert refusal(process, "a.txt", POLICY) == (
            "a.txt could not be read: the reader gave no sense."
        )
