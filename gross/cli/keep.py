"""Keep the house: make a home, serve it."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from gross.actions import people
from gross.cli.edge import open_app, says_no, wiring, writing
from gross.cli.server import run_server
from gross.domain.workflow import Role
from gross.store.people import by_login, holding


@click.command()
@click.option("--admin", default="admin", show_default=True, help="Login of the administrator.")
@click.pass_context
@says_no
def init(context: click.Context, admin: str) -> None:
    """Make the home folder and print a link with which the first administrator sets a password."""
    app = open_app(context)
    home = app.config["GROSS"]
    now = datetime.now(UTC)
    with writing(app) as session:
        person = by_login(session, admin)
        if person is None and holding(session, Role.ADMIN):
            click.echo(f"{home.path} is ready; it has an administrator.")
            return
        if person is None:
            roles = frozenset({Role.STAFF, Role.ADMIN})
            person = people.add_person(session, None, admin, "Administrator", roles=roles, now=now)
        if person.password_hash is not None:
            click.echo(f"{home.path} is ready; {person.login} has a password.")
            return
        token = people.invite(session, person, now=now)
    click.echo(f"{home.path} is ready. {person.login} sets a password at this address, once:")
    click.echo(f"{home.settings.base_url.rstrip('/')}/invitations/{token}")


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
