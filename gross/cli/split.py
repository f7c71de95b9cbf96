"""Show the policies that a manual holds, before anybody imports it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from gross.actions.arrivals import reader_of
from gross.actions.deliveries import load
from gross.cli.edge import says_no, settings_here
from gross.domain.errors import Refused
from gross.intake import guarded
from gross.intake.manual import Manual


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--level", type=int, help="Part at headings of this level; 1 is the highest.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@says_no
def split(file: Path, level: int | None, as_json: bool) -> None:
    """Show where a manual would be parted into policies; nothing is stored."""
    content = load(file.resolve())
    settings = settings_here()
    with reader_of(settings) as reader:
        found = guarded.parts(reader, file.name, content, level=level, day_first=settings.day_first)
    if not found.parts and not as_json:
        raise Refused(f"{file.name} has no headings that part it; give --level 1, 2 or 3.")
    click.echo(_as_json(found) if as_json else "\n".join(_lines(found)))


def _as_json(found: Manual) -> str:
    parts = [{**asdict(part), "words": len(reading.text.split())} for part, reading in found.parts]
    said = {"characters": len(found.whole.text), "before": _before(found), "parts": parts}
    return json.dumps(said, ensure_ascii=False)


def _lines(found: Manual) -> list[str]:
    lines = [
        f"{part.number or '-':<12} {part.title}  ({len(reading.text.split()):,} words)"
        for part, reading in found.parts
    ]
    rule = found.parts[0][0].rule
    lines.append(f"{len(lines):,} parts, told by: {rule}.")
    text, before = found.whole.text, _before(found)
    words = sum(
        len(text[each.start : each.end].split())
        for each in found.whole.passages
        if each.end <= before
    )
    if words:
        lines.append(f"The first {words:,} words stand before them and would be in none.")
    return lines


def _before(found: Manual) -> int:
    """How many characters stand before the first part."""
    return found.parts[0][0].start if found.parts else 0
