"""Bring a library in, and read a file without keeping it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from flask import Flask

from gross.actions import imports
from gross.actions.arrivals import Asked, Item, Split, prepared, reader_of
from gross.actions.deliveries import Candidate, Delivery, deliver, load
from gross.cli.edge import open_app, reading, says_no, settings_here, writing
from gross.cli.progress import Progress
from gross.domain.errors import Refused
from gross.home import Home, default_path, open_home
from gross.intake import layouts
from gross.intake.as_json import refusal_to_json, to_json
from gross.intake.types import Reading
from gross.store.db import db

STOPPED = "Stopped. What was brought in is kept; run the same command again to go on."


@click.command(name="import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--manifest", type=click.Path(path_type=Path), help="CSV or XLSX that lists them.")
@click.option(
    "--layout",
    type=click.Choice(layouts.NAMES),
    help="Of which policy manager the export is.  [default: guessed from the manifest]",
)
@click.option("--whole", is_flag=True, help="This is the whole library: list what vanished.")
@click.option("--split", is_flag=True, help="Each file is a manual: part it at its headings.")
@click.option("--level", type=int, help="With --split: the level of heading to part at.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
@says_no
def import_(
    context: click.Context,
    path: Path,
    manifest: Path | None,
    layout: str | None,
    whole: bool,
    split: bool,
    level: int | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring in a folder, a ZIP or a file. What is there already stays as it is."""
    progress = Progress()
    with deliver(path) as delivery, ExitStack() as stack:
        given = _given(manifest)
        home = stack.enter_context(_home(dry_run=dry_run))
        reader = stack.enter_context(reader_of(home.settings))
        day_first = home.settings.day_first
        parting = Split(level) if split or level is not None else None
        asked = Asked(delivery, given, reader, day_first, layout=layout or "", split=parting)
        work = prepared(asked, progress.tell, is_whole=whole)
        app = open_app(context, home)
        told = Told(work.layout)
        try:
            if dry_run:
                with reading(app) as session:
                    told.follow(imports.preview(work, session), progress)
            else:
                made = imports.bring_in(work, home, None, partial(writing, app), now=_now)
                told.follow(made, progress)
        except KeyboardInterrupt:
            raise Refused(STOPPED) from None
        finally:
            _close(app)
    _report(delivery, told, progress.seconds, dry_run=dry_run, as_json=as_json)


@contextmanager
def _home(*, dry_run: bool) -> Iterator[Home]:
    """The home; a dry run where there is none looks at an empty one, which is gone afterwards."""
    path = default_path()
    if not dry_run or (path / "secret").exists():
        yield open_home(path)
        return
    with TemporaryDirectory(prefix="gross-dry-run-") as empty:
        yield open_home(Path(empty))


def _close(app: Flask) -> None:
    """Let go of the database: its file may be about to go."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@says_no
def read(file: Path, as_json: bool) -> None:
    """Read one file and show what was understood; nothing is stored."""
    try:
        settings = settings_here()
        with reader_of(settings) as reader:
            found = reader.read(file.name, load(file.resolve()), day_first=settings.day_first)
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


@dataclass(slots=True)
class Told:
    """What is kept of the items while they pass: counts, and those that a person has to see."""

    layout: str
    count: Counter[str] = field(default_factory=Counter)
    listed: list[Item] = field(default_factory=list)

    def follow(self, items: Iterable[Item], progress: Progress) -> None:
        for item in items:
            self.count[item.outcome] += 1
            progress.refused += item.outcome == "refused"
            if item.reason:
                self.listed.append(item)

    def of(self, outcome: str) -> list[Item]:
        return [item for item in self.listed if item.outcome == outcome]


def _report(
    delivery: Delivery, told: Told, seconds: float, *, dry_run: bool, as_json: bool
) -> None:
    refused = told.of("refused")
    if as_json:
        said = {
            **{outcome: told.count[outcome] for outcome in ("new", "changed", "same")},
            "refused": [{"file": item.source, "reason": item.reason} for item in refused],
            "returned": [
                {"file": item.source, "reason": item.reason} for item in told.of("returned")
            ],
            "missing": [item.source for item in told.of("missing")],
            "duplicate": [item.source for item in told.of("duplicate")],
            "layout": told.layout,
            "seconds": seconds,
        }
        click.echo(json.dumps(said, ensure_ascii=False))
    else:
        click.echo(_sentence(delivery, told, seconds, dry_run=dry_run))
        for outcome in ("refused", "returned", "missing", "duplicate"):
            for item in told.of(outcome):
                click.echo(f"  {item.outcome}: {item.source}: {item.reason}")
    if delivery.is_single and refused:
        raise Refused(refused[0].reason)


def _sentence(delivery: Delivery, told: Told, seconds: float, *, dry_run: bool) -> str:
    parts = ", ".join(f"{told.count[each]} {each}" for each in ("new", "changed", "same"))
    parts += f", {told.count['refused']} refused"
    for outcome in ("returned", "missing", "duplicate"):
        if told.count[outcome]:
            parts += f", {told.count[outcome]} {outcome}"
    layout = layouts.named(told.layout)
    if layout is not layouts.ALL[0]:
        parts += f" (read as an export of {layout.label})"
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


def _now() -> datetime:
    return datetime.now(UTC)
