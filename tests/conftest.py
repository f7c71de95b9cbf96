"""Fixtures shared by all: a migrated home folder, an app, people and policies, a page client."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask_migrate import upgrade

from gross.actions import people
from gross.app import create_app
from gross.domain.workflow import Role
from gross.home import Home, Settings, open_home
from gross.store.db import begin_write, db
from gross.store.people import Person
from gross.store.policies import Edition, PassageRow, Policy
from tests.pages import Pages

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A home folder whose database the migrations built; each test works on a copy."""
    path = tmp_path_factory.mktemp("migrated")
    app = create_app(open_home(path))
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    return path


@pytest.fixture
def home(migrated, tmp_path):
    path = tmp_path / "home"
    shutil.copytree(migrated, path)
    return open_home(path)


@pytest.fixture
def app(home):
    app = create_app(home, testing=True)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def session(app):
    """A session that may write; commit it before a page looks."""
    begin_write(db.session)
    return db.session


@pytest.fixture
def make_person(session):
    """Give a maker of people; a test names only what it is about."""
    made = 0

    def make(name="Nurse", roles="staff", **more):
        nonlocal made
        made += 1
        person = Person(login=f"person{made}", name=name, roles=roles, **more)
        session.add(person)
        session.flush()
        return person

    return make


@pytest.fixture
def make_policy(session):
    """Give a maker of policies in force, each with one edition whose lines are its passages."""
    made = 0

    def make(title="Badge colours", text="Every badge shall be blue.", **columns):
        nonlocal made
        made += 1
        policy = Policy(source=f"policy{made}.txt", title=title, **columns)
        session.add(policy)
        session.flush()
        edition = Edition(
            policy_id=policy.id,
            digest=f"{made:064x}",
            filename=policy.source,
            size_bytes=len(text.encode()),
            text=text,
            word_count=len(text.split()),
            dates=json.dumps({}),
            imported_at=NOW,
        )
        session.add(edition)
        session.flush()
        start = 0
        for line in text.split("\n"):
            if line.strip():
                session.add(
                    PassageRow(
                        edition_id=edition.id,
                        start=start,
                        end=start + len(line),
                        kind="paragraph",
                    )
                )
            start += len(line) + 1
        policy.current_id = edition.id
        session.flush()
        return policy

    return make


@pytest.fixture
def pages_of(app):
    """Give a page client that is signed in as somebody: `pages_of(nurse).get("/")`."""

    def be(person=None):
        if person is None:
            return Pages(app.test_client())
        person_id = person.id
        db.session.commit()
        begin_write(db.session)
        token = people.sign_in(
            db.session(), db.session.get(Person, person_id), hours=1, now=datetime.now(UTC)
        )
        db.session.commit()
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return Pages(client)

    return be


def shared_folder() -> Path:
    """Real documents beside the checkout, or where GROSS_SHARED says; loud when missing."""
    path = Path(os.environ.get("GROSS_SHARED") or Path(__file__).parents[2] / "shared")
    if not path.is_dir():
        pytest.skip(f"REAL DOCUMENTS ARE MISSING: {path} is not there; set GROSS_SHARED")
    return path


@pytest.fixture(scope="session")
def shared():
    return shared_folder()


__all__ = ["NOW", "Home", "Role", "Settings"]
