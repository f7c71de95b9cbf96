"""Each format is read under the limits: 20 seconds, 1 GB, no large files, no network."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from gross.intake import READERS, limits
from gross.intake.child import ReaderProcess
from tests.intake.test_all_readers import MAKERS
from tests.intake.test_doc import old_word

LINES = ["Fall Prevention", "Effective Date: 4/2010", "See IC-014."]


def content_of(extension):
    return old_word("Words.\r") if extension == ".doc" else MAKERS[extension](LINES)


def bounds(pid):
    """The hard limits of a process, by name."""
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()[1:]
    found = (re.match(r"(Max [a-z ]+?)  +(\S+) +(\S+)", line) for line in lines)
    return {match[1]: (match[2], match[3]) for match in found if match}


@pytest.fixture(scope="module")
def process():
    with ReaderProcess() as made:
        yield made


@pytest.mark.parametrize("extension", sorted(READERS))
def test_a_format_is_read_by_a_process_that_is_bounded(extension, process):
    process.read(f"a{extension}", content_of(extension))

    found = bounds(process._process.pid)
    assert found["Max address space"] == (str(limits.MEMORY_BYTES),) * 2
    assert found["Max file size"] == (str(limits.FILE_BYTES),) * 2
    assert found["Max open files"] == (str(limits.OPEN_FILES),) * 2
    assert found["Max core file size"] == ("0", "0")
    assert 0 < int(found["Max cpu time"][0]) <= 600


def confined(code):
    program = f"from gross.intake.limits import confine\nconfine()\n{code}"
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
    )


def test_what_a_reader_starts_is_bounded_as_it_is():
    """LibreOffice is a process of its own: it inherits what the reader may use."""
    code = "import subprocess; print(subprocess.run(['cat', '/proc/self/limits'],"
    code += "capture_output=True, text=True).stdout)"

    told = confined(code).stdout

    assert str(limits.MEMORY_BYTES) in told
    assert str(limits.FILE_BYTES) in told


def test_no_large_file_is_written():
    code = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    code += "import os\nfd = os.memfd_create('x')\nos.ftruncate(fd, 1 << 28)"

    assert "File too large" in confined(code).stderr
