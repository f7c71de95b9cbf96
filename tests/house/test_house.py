"""The house rules, kept by machine: what a reviewer would otherwise have to remember."""

import ast
import re
from pathlib import Path

import pytest

import gross
from gross.analysis import detectors

SOURCE = Path(gross.__file__).parent
ROOT = SOURCE.parent
FILES = sorted(SOURCE.rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
EDGES = {"web/edge.py", "cli/edge.py", "jobs/edge.py"}
LONGEST = 300  # lines; beyond it a file has two nouns


def name_of(path):
    return str(path.relative_to(SOURCE))


def nodes(path):
    return ast.walk(ast.parse(path.read_text()))


def calls(name):
    return {
        name_of(path)
        for path in FILES
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
    }


def test_each_edge_commits_in_one_place():
    assert calls("commit") <= EDGES
    for edge in EDGES & {name_of(path) for path in FILES}:
        assert (SOURCE / edge).read_text().count(".commit()") == 1, edge


def test_only_take_step_moves_a_nomination():
    moves = {
        name_of(path)
        for path in FILES
        for node in nodes(path)
        if isinstance(node, ast.Attribute)
        and node.attr == "stage"
        and isinstance(node.ctx, ast.Store)
    }
    assert moves == {"actions/steps.py"}


def test_nothing_below_the_edges_reads_the_clock():
    below = ("domain", "store", "actions", "analysis", "intake")
    readers = {
        name_of(path)
        for path in FILES
        if name_of(path).startswith(below)
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}
        if isinstance(node.value, ast.Name) and node.value.id in {"datetime", "date"}
    }
    assert readers == set()


def test_imports_stand_at_the_top():
    """But for two libraries that take seconds to import and that only a scan needs."""
    slow = {
        "analysis/compiled.py",
        "analysis/detectors/superseded_term.py",
        "analysis/measuring.py",
    }
    hidden = {
        name_of(path)
        for path in FILES
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }
    assert hidden == slow


@pytest.mark.parametrize("detector", detectors.ALL, ids=lambda detector: detector.name)
def test_every_detector_has_its_tests(detector):
    assert (ROOT / "tests" / "analysis" / f"test_{detector.name}.py").exists()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_module_says_what_it_is_for_and_is_not_too_long(path):
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree) or not tree.body
    assert len(path.read_text().splitlines()) <= LONGEST


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_no_script_style_or_rule(path):
    text = path.read_text()
    assert not re.search(r"\son\w+=|\sstyle=|<style", text)
    assert all("nonce" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert "|safe" not in text
    assert not re.search(r"\brole_set\b|Role\.|\.stage\s*[=!]=", text), "rules belong in the view"


def test_nothing_names_this_machine():
    homes = re.compile(r"/(?:work|root|home/\w+|opt)/")
    named = [
        str(path.relative_to(ROOT))
        for folder in ("gross", "templates", "migrations", "tests", "docs", "benchmarks", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".md", ".html", ".toml", ".sh", ".txt", ".csv", ".json"}
        and path.name != "test_house.py"
        and homes.search(path.read_text(errors="replace"))
    ]
    assert named == []
