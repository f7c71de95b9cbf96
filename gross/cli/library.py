"""Bring a library in, and read a file without keeping it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from gross.actions import imports
from gross.actions.deliveries import Candidate, Delivery, deliver, load
from gross.actions.imports import Item, Work
from gross.cli.edge import open_app, reading, says_no, writing
from gross.cli.progress import Progress
from gross.domain.errors import Refused
from gross.home import Home, default_path, open_home
from gross.intake.as_json import refusal_to_json, to_json
from gross.intake.child import ReaderProcess, read_guarded
from gross.intake.types import Reading


@click.command(name="import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--manifest", type=click.Path(path_type=Path), help="CSV or XLSX that lists them.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
@says_no
def import_(
    context: click.Context, path: Path, manifest: Path | None, dry_run: bool, as_json: bool
) -> None:
    """Bring in a folder, a ZIP or a file. What is there already stays as it is."""
    delivery = deliver(path)
    given = _given(manifest)
    app = open_app(context)
    home: Home = app.config["GROSS"]
    day_first = home.settings.day_first
    rows = imports.manifest_of(delivery, given, day_first=day_first)
    progress = Progress()
    with ReaderProcess() as reader:
        work = Work(delivery, rows, reader, day_first, progress.tell)
        if dry_run:
            with reading(app) as session:
                items = _follow(imports.preview(work, session), progress)
        else:
            made = imports.bring_in(work, home, None, partial(writing, app), now=_now)
            items = _follow(made, progress)
    _report(delivery, items, progress.seconds, dry_run=dry_run, as_json=as_json)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@says_no
def read(file: Path, as_json: bool) -> None:
    """Read one file and show what was understood; nothing is stored."""
    try:
        found = read_guarded(file.name, load(file.resolve()), day_first=_day_first())
    except Refused as refused:
        if as_json:
            click.echo(json.dumps(refusal_to_json(str(refused)), ensure_ascii=False))
        raise
    click.echo(json.dumps(to_json(found), ensure_ascii=False) if as_json else _summary(found))


def _given(manifest: Path | None) -> Candidate | None:
    if manifest is None:
        return None
    if not manifest.is_file():
        raise Refused(f"{manifest} does not exist; give a CSV or XLSX file.")
    return Candidate(manifest.name, partial(load, manifest.resolve()))


def _follow(items: Iterable[Item], progress: Progress) -> list[Item]:
    followed = []
    for item in items:
        progress.refused += item.outcome == "refused"
        followed.append(item)
    return followed


def _report(
    delivery: Delivery, items: list[Item], seconds: float, *, dry_run: bool, as_json: bool
) -> None:
    count = Counter(item.outcome for item in items)
    refused = [item for item in items if item.outcome == "refused"]
    missing = [item for item in items if item.outcome == "missing"]
    if as_json:
        said = {
            **{outcome: count[outcome] for outcome in ("new", "changed", "same")},
            "refused": [{"file": item.source, "reason": item.reason} for item in refused],
            "missing": [item.source for item in missing],
            "seconds": seconds,
        }
        click.echo(json.dumps(said, ensure_ascii=False))
    else:
        click.echo(_sentence(delivery, count, seconds, dry_run=dry_run))
        for item in [*refused, *missing]:
            click.echo(f"  {item.outcome}: {item.source}: {item.reason}")
    if delivery.is_single and refused:
        raise Refused(refused[0].reason)


def _sentence(delivery: Delivery, count: Counter[str], seconds: float, *, dry_run: bool) -> str:
    parts = ", ".join(f"{count[each]} {each}" for each in ("new", "changed", "same", "refused"))
    if count["missing"]:
        parts += f", {count['missing']} missing"
    if dry_run:
        return f"{delivery.name} would give {parts}. Nothing was written."
    return f"{delivery.name}: {parts}, in {seconds:.1f} s."


def _summary(found: Reading) -> str:
    named = {"Number": found.number, "Title": found.title}
    named.update((name.replace("_", " ").capitalize(), str(at)) for name, at in found.dates.items())
    named.update(
        (name.replace("_", " ").capitalize(), value) for name, value in found.fields.items()
    )
    lines = [f"{name}: {value}" for name, value in named.items() if value]
    words = len(found.text.split())
    lines.append(f"{words:,} words in {len(found.passages):,} passages")
    lines += [f"! {warning}" for warning in found.warnings]
    return "\n".join(lines)


def _day_first() -> bool | None:
    """As the library is set; reading a file makes no home where there is none."""
    path = default_path()
    return open_home(path).settings.day_first if (path / "secret").exists() else None


def _now() -> datetime:
    return datetime.now(UTC)
