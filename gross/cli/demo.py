"""The demonstration: a home of its own with the sample library, its people and their story."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from gross.actions import imports, people, scans
from gross.actions.arrivals import Asked, prepared
from gross.actions.deliveries import Candidate, deliver, load
from gross.cli import story
from gross.cli.edge import open_app, reading, says_no, wiring, writing
from gross.cli.progress import Progress
from gross.cli.server import run_server
from gross.domain.errors import Refused
from gross.domain.workflow import Role
from gross.home import SAMPLE_PASSWORD, SHARE, Home, default_path, open_home
from gross.intake.child import ReaderProcess
from gross.store.approvals import Office, OfficeHolder
from gross.store.people import Invitation, Person, token_hash

SAMPLE = SHARE / "demo"
READY = "demo-is-ready"  # written last: a demonstration that was cut short is made again
HOSPITAL = "St. Brendan Medical Center (sample)"


@click.command()
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--home", "path", type=click.Path(path_type=Path), help="Where it is kept.")
@click.option("--reset", is_flag=True, help="Throw the demonstration away and begin again.")
@click.option("--prepare", is_flag=True, help="Make it, but do not serve it.")
@click.pass_context
@says_no
def demo(
    context: click.Context, port: int, host: str, path: Path | None, reset: bool, prepare: bool
) -> None:
    """Serve the sample hospital: about 90 policies, people of every role, one-tap sign-in."""
    folder = path or default_path() / "demo"
    if reset or not (folder / READY).exists():
        _clear(folder)
    home = open_home(folder)
    home = replace(home, settings=replace(home.settings, demo=True, hospital=HOSPITAL))
    app = open_app(context, home)
    if not (folder / READY).exists():
        _make(app, home)
        (folder / READY).touch()
    if prepare:
        return
    stop_worker = wiring(context).start_worker(app)
    try:
        run_server(app, host, port, lambda address: _welcome(app, address))
    finally:
        stop_worker()


def _clear(folder: Path) -> None:
    """Remove a demonstration, and nothing else.

    Raises:
        Refused: the folder holds something that no demonstration made.
    """
    ours = {
        "gross.sqlite",
        "gross.sqlite-wal",
        "gross.sqlite-shm",
        "originals",
        "secret",
        "uploads",
        READY,
    }
    if folder.exists():
        strange = sorted(path.name for path in folder.iterdir() if path.name not in ours)
        if strange:
            raise Refused(f"{folder} holds {strange[0]}, which is not of the demonstration.")
        shutil.rmtree(folder)


def _make(app: Flask, home: Home) -> None:
    """People, library, scan and story, by the same deeds as anybody's."""
    now = datetime.now(UTC).replace(microsecond=0)
    began = now - timedelta(days=story.BEGAN_DAYS_AGO)
    transaction = partial(writing, app)
    click.echo("Making the sample hospital; this is done once.", err=True)
    with transaction() as session:
        _add_people(session, now=began)
    delivery = deliver(SAMPLE / "library")
    manifest = Candidate("manifest.csv", partial(load, SAMPLE / "manifest.csv"))
    progress = Progress()
    with ReaderProcess() as reader:
        asked = Asked(delivery, manifest, reader, day_first=False)
        work = prepared(asked, progress.tell)
        for _ in imports.bring_in(work, home, None, transaction, now=lambda: began):
            pass  # each batch is committed as it is told
    doors = scans.Doors(partial(reading, app), transaction)
    scans.run_scan(doors, None, today=now.date(), now=lambda: began, progress=progress.stage)
    progress.close()
    story.tell(transaction, now=now)


def _add_people(session: Session, *, now: datetime) -> None:
    for position, sample in enumerate(json.loads((SAMPLE / "people.json").read_text())):
        person = people.add_person(
            session,
            None,
            sample["login"],
            sample["name"],
            roles=frozenset(Role(role) for role in sample["roles"]) | {Role.STAFF},
            email=f"{sample['login']}@stbrendan.example",
            profession=sample["profession"],
            unit=sample["unit"],
            now=now,
        )
        token = people.invite(session, person, now=now)
        session.flush()  # the invitation is looked up by its token
        invitation = session.scalars(
            select(Invitation).where(Invitation.token_hash == token_hash(token))
        ).one()
        people.set_password(session, invitation, SAMPLE_PASSWORD, now=now)
        if office := sample.get("office"):
            seat = Office(name=office, position=position)
            session.add(seat)
            session.flush()  # the holder needs office.id
            session.add(OfficeHolder(office_id=seat.id, person_id=person.id))


def _welcome(app: Flask, address: str) -> None:
    click.echo(f"\nThe sample hospital is open at {address}\n")
    with reading(app) as session:
        for person in session.scalars(select(Person).order_by(Person.id)):
            click.echo(f"  {person.login:<24}{person.roles.replace(' ', ', ')}")
    click.echo(f"\nOne tap signs in. Everybody's password is: {SAMPLE_PASSWORD}")
    click.echo("Stop with Ctrl+C. `gross demo --reset` begins again.")
