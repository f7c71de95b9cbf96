"""Documents that the code tells are up to date, and every link leads somewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs.generated import PAGES

ROOT = Path(__file__).parents[2]
PROSE = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
GROSS = str(Path(sys.executable).with_name("gross"))


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_what_the_code_says(name):
    assert (ROOT / "docs" / name).read_text() == PAGES[name](), "run make docs"


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text()):
        assert (path.parent / target).exists(), target


def test_every_command_that_the_documents_name_exists():
    said = {word for path in PROSE for word in re.findall(r"gross ([a-z]+)\b", path.read_text())}
    help_text = subprocess.run([GROSS, "--help"], capture_output=True, text=True, check=True).stdout
    known = set(re.findall(r"^  ([a-z]+) ", help_text, re.MULTILINE))
    assert said & known, "the pattern finds no command at all"
    assert {word for word in said if word not in known} <= {"home"}


def test_each_decision_names_tests_that_are_there():
    text = (ROOT / "docs" / "decisions" / "0000-decided-early.md").read_text()
    named = re.findall(r"`(tests/[^`]+)`", text)
    assert len(named) >= 10
    assert [name for name in named if not (ROOT / name).exists()] == []
