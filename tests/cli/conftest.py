"""Commands, as a shell meets them, and two policies that say the same."""

import pytest
from click.testing import CliRunner

from gross.app import create_app
from gross.cli import commands
from gross.cli.edge import Wiring
from gross.store.db import db

SAME = (
    "Every visitor signs in at the front desk and wears a paper badge above the waist all day. "
    "Security asks a visitor without a badge to go back to the desk, and calls the unit's manager. "
    "Badges are collected at the door when the visitor leaves, and the log is kept for one year."
)


@pytest.fixture
def gross(app, home, monkeypatch):
    """Run a command in this home; give its result."""
    monkeypatch.setenv("GROSS_HOME", str(home.path))

    def run(*words):
        db.session.commit()
        wiring = Wiring(create_app, lambda app: lambda: None)
        return CliRunner().invoke(commands, list(words), obj=wiring)

    return run


@pytest.fixture
def visitors(make_policy):
    return (
        make_policy("Visitors", f"\U0001f3e5 Zażółć.\n{SAME}", number="SEC-040"),
        make_policy("Visitor Management", SAME, number="LCH-412"),
    )
