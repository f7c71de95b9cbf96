"""Check a draft against the library before it is published."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import click

from gross.actions import checks
from gross.actions.arrivals import reader_of
from gross.actions.checks import Check
from gross.actions.deliveries import load
from gross.actions.scan_flags import VERSIONS, quoted
from gross.analysis.types import Finding
from gross.cli.edge import open_app, reading, says_no, today_option
from gross.cli.progress import Progress
from gross.domain.calendar import local_day
from gross.domain.errors import Refused
from gross.home import Home
from gross.intake.as_json import refusal_to_json


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@today_option
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
@says_no
def check(context: click.Context, file: Path, today: datetime | None, as_json: bool) -> None:
    """Say what a draft would duplicate, contradict, or cite that is dead; nothing is stored."""
    content = load(file.resolve())
    app = open_app(context)
    home: Home = app.config["GROSS"]
    try:
        with reader_of(home.settings) as reader:
            found = reader.read(file.name, content, day_first=home.settings.day_first)
    except Refused as refused:
        if as_json:
            click.echo(json.dumps(refusal_to_json(str(refused)), ensure_ascii=False))
        raise
    digest = hashlib.sha256(content).hexdigest()
    shown = Progress()
    with reading(app) as session:
        day = today.date() if today else local_day(datetime.now(UTC))
        made = checks.check(session, digest, found, today=day, progress=shown.stage)
        shown.close()
        said = _as_json(made, file.name, shown.seconds)
    click.echo(json.dumps(said, ensure_ascii=False) if as_json else _summary(made, file.name))


def _as_json(made: Check, source: str, seconds: float) -> dict[str, object]:
    old = made.replaces
    return {
        "outcome": "read",
        "number": made.draft.number,
        "title": made.draft.title,
        "replaces": {"number": old.number, "title": old.title, "source": old.source}
        if old
        else None,
        "flags": [_line(made, finding, source) for finding in made.findings],
        "seconds": seconds,
    }


def _line(made: Check, finding: Finding, source: str) -> dict[str, object]:
    """A finding as `gross flags` prints a flag; it has no id, as nobody can answer it."""
    return {
        "kind": finding.kind,
        "detector": finding.detector,
        "detector_version": VERSIONS[finding.detector],
        "score": finding.score,
        "sentence": finding.sentence,
        "policies": [
            {
                "number": made.documents[policy].number,
                "title": made.documents[policy].title,
                "source": made.policies[policy].source if policy in made.policies else source,
            }
            for policy in finding.policies
        ],
        "passages": list(quoted(finding, made.documents)),
    }


def _summary(made: Check, name: str) -> str:
    lines = [f"{name}: {made.draft.title}"]
    if made.replaces:
        lines.append(f"It would replace {made.replaces.label}, and was not compared with that.")
    if not made.findings:
        lines.append("Nothing in the library speaks against it.")
    lines += [f"{finding.kind:>12}  {finding.sentence}" for finding in made.findings]
    return "\n".join(lines)
