"""The pages that the code itself tells: the workflow, the settings, the detectors."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterable
from dataclasses import fields
from pathlib import Path

from gross import home
from gross.analysis import detectors
from gross.domain import steps

NOTE = "Written by `make docs` from the code; a test compares them.\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(head)
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def workflow() -> str:
    rows = [
        [
            step.source,
            step.verb.replace("-", " "),
            step.target,
            step.role,
            "yes" if step.needs_reason else "",
            step.hint,
        ]
        for step in steps.ALL
    ]
    head = ["from", "step", "to", "who", "reason", "what it means"]
    return f"# The life of a nomination\n\n{NOTE}\n{table(head, rows)}"


def settings() -> str:
    """Each setting with its default and the comment beside it."""
    source = inspect.getsource(home.Settings).splitlines()
    comments = {
        line.split(":")[0].strip(): line.split("#", 1)[1].strip() for line in source if "#" in line
    }
    rows = [
        [f"`{field.name}`", f"`{field.default!r}`", comments.get(field.name, "")]
        for field in fields(home.Settings)
    ]
    text = (
        "A setting stands in `settings.toml` of the home folder, or in the environment as "
        "`GROSS_` and its name in capitals; the environment wins. `GROSS_HOME` names the folder.\n"
    )
    return f"# Settings\n\n{NOTE}\n{text}\n{table(['setting', 'default', 'what it is'], rows)}"


def detector_list() -> str:
    rows = [
        [f"`{one.name}`", str(one.version), one.kind, one.label, _first_sentence(one.detect)]
        for one in detectors.ALL
    ]
    head = ["detector", "version", "kind", "says", "what it finds"]
    return f"# Detectors\n\n{NOTE}\n{table(head, rows)}"


def _first_sentence(detect: Callable[..., object]) -> str:
    module = ast.parse(Path(inspect.getfile(detect)).read_text())
    return (ast.get_docstring(module) or "").split("\n\n")[0].replace("\n", " ")


PAGES: dict[str, Callable[[], str]] = {
    "workflow.md": workflow,
    "settings.md": settings,
    "detectors.md": detector_list,
}
