"""Scan the library, print its flags, and work off waiting jobs."""

from __future__ import annotations

import json
import signal
import threading
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from types import FrameType

import click

from gross.actions import dask_place, scans
from gross.cli.edge import open_app, reading, says_no, today_option, wiring, writing
from gross.cli.progress import Progress
from gross.domain.calendar import local_day
from gross.domain.errors import Refused
from gross.home import Home
from gross.store.flags import Flag, found_by, newest_scan


@click.command()
@click.option(
    "--engine",
    default="local",
    show_default=True,
    help="Where the scan is computed: here, or by the workers of the Dask scheduler there.",
)
@click.option(
    "--store",
    default="",
    help="Where those workers open the database to read.  [default: its path on this machine]",
)
@today_option
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_context
@says_no
def scan(
    context: click.Context, engine: str, store: str, today: datetime | None, as_json: bool
) -> None:
    """Look at the whole library and raise flags; what people answered stays."""
    if store and engine == "local":
        raise Refused("--store is for the workers of --engine ADDRESS; leave it out here.")
    app = open_app(context)
    home: Home = app.config["GROSS"]
    doors = scans.Doors(partial(reading, app), partial(writing, app))
    shown = Progress()
    day = today.date() if today else local_day(_now())
    with ExitStack() as open_while:
        place = (
            open_while.enter_context(dask_place.connected(engine, store or home.database_url))
            if engine != "local"
            else None
        )
        outcome = scans.run_scan(
            doors, None, today=day, now=_now, progress=shown.stage, place=place
        )
    shown.close()
    if as_json:
        click.echo(json.dumps(_as_json(outcome)))
        return
    click.echo(outcome.sentence)
    for kind, number in outcome.flags.items():
        click.echo(f"{number:>8,}  {kind}")
    click.echo(f"{outcome.words:,} words, {outcome.words_per_second:,} a second.")


def _as_json(outcome: scans.Outcome) -> dict[str, object]:
    return {
        "policies": outcome.policies,
        "words": outcome.words,
        "flags": outcome.flags,
        "new": outcome.new,
        "gone": outcome.gone,
        "seconds": outcome.seconds,
        "words_per_second": outcome.words_per_second,
    }


@click.command()
@click.option("--format", "shape", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
@click.pass_context
@says_no
def flags(context: click.Context, shape: str) -> None:
    """Print what the newest scan found, one flag a line, whatever people answered."""
    app = open_app(context)
    with reading(app) as session:
        newest = newest_scan(session)
        if newest is None:
            raise Refused("The library was never scanned; run gross scan first.")
        for flag in found_by(session, newest):
            click.echo(json.dumps(_line(flag), ensure_ascii=False))


def _line(flag: Flag) -> dict[str, object]:
    return {
        "id": flag.id,
        "kind": flag.kind,
        "detector": flag.detector,
        "detector_version": flag.detector_version,
        "score": flag.score,
        "sentence": flag.sentence,
        "policies": [
            {"number": policy.number, "title": policy.title, "source": policy.source}
            for policy in flag.policies
        ],
        "passages": json.loads(flag.passages),
    }


@click.command()
@click.pass_context
@says_no
def work(context: click.Context) -> None:
    """Work off waiting jobs and the clock's duties until told to stop."""
    app = open_app(context)
    told = threading.Event()

    def leave(number: int, frame: FrameType | None) -> None:
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
    stop = wiring(context).start_worker(app)
    told.wait()
    stop()


def _now() -> datetime:
    return datetime.now(UTC)
