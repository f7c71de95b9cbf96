"""Keep the house: make a home, serve it."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from gross.actions import people
from gross.cli.edge import open_app, says_no, wiring, writing
from gross.cli.server import run_server
from gross.domain.workflow import Role
from gross.store.people import holding


@click.command()
@click.option("--admin", default="admin", show_default=True, help="Login of the administrator.")
@click.pass_context
@says_no
def init(context: click.Context, admin: str) -> None:
    """Make the home folder and print a link with which the first administrator sets a password."""
    app = open_app(context)
    home = app.config["GROSS"]
    with writing(app) as session:
        token = _invitation(session, admin, now=datetime.now(UTC))
    click.echo(f"{home.path} is ready.")
    if token:
        click.echo("The administrator sets a password at this address, once, within 72 hours:")
        click.echo(f"{home.settings.base_url.rstrip('/')}/invitations/{token}")
    else:
        click.echo("It has an administrator with a password.")


def _invitation(session: Session, login: str, *, now: datetime) -> str:
    """A token for the first administrator, who is added where there is none; "" when one is in."""
    admins = holding(session, Role.ADMIN)
    if any(person.password_hash for person in admins):
        return ""
    person = next((person for person in admins if person.login == login.strip().lower()), None)
    if person is None:
        roles = frozenset({Role.STAFF, Role.ADMIN})
        person = people.add_person(session, None, login, "Administrator", roles=roles, now=now)
    return people.invite(session, person, now=now)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.pass_context
@says_no
def serve(context: click.Context, host: str, port: int) -> None:
    """Serve the pages, with a job worker inside."""
    app = open_app(context)
    stop_worker = wiring(context).start_worker(app)
    try:
        run_server(app, host, port, lambda address: click.echo(f"GROSS answers at {address}"))
    finally:
        stop_worker()
