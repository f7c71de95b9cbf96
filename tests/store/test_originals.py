"""Original bytes: kept under their digest, and gone without a trace when nothing names them."""

import hashlib

import pytest
from sqlalchemy import select

from gross.domain.errors import Refused
from gross.store import originals
from gross.store.policies import Edition


def files_under(home):
    return sorted(
        str(path.relative_to(home.path))
        for path in (home.path / "originals").rglob("*")
        if path.is_file()
    )


def test_bytes_lie_under_their_digest_and_read_back(home, session):
    digest = originals.keep(home, b"Wash hands.")

    assert digest == hashlib.sha256(b"Wash hands.").hexdigest()
    assert originals.path_of(home, digest).read_bytes() == b"Wash hands."


def test_bytes_that_an_edition_names_move_to_their_place(home, session, make_policy):
    digest = originals.keep(home, b"Wash hands.")
    edition = session.scalar(select(Edition).where(Edition.policy_id == make_policy().id))
    edition.digest = digest
    session.flush()

    originals.settle(session, home)

    assert files_under(home) == [f"originals/{digest[:2]}/{digest}"]
    assert originals.path_of(home, digest).read_bytes() == b"Wash hands."


def test_bytes_that_nothing_names_leave_no_trace(home, session):
    originals.keep(home, b"half an upload")
    (home.path / "originals" / "incoming" / "0123.half").write_bytes(b"killed while writing")

    originals.settle(session, home)

    assert files_under(home) == []


def test_the_same_bytes_are_kept_once(home, session, make_policy):
    digest = originals.keep(home, b"Wash hands.")
    edition = session.scalar(select(Edition).where(Edition.policy_id == make_policy().id))
    edition.digest = digest
    session.flush()
    originals.settle(session, home)

    originals.keep(home, b"Wash hands.")

    assert files_under(home) == [f"originals/{digest[:2]}/{digest}"]


def test_missing_bytes_are_named_not_guessed(home):
    with pytest.raises(Refused, match="missing from the home folder; restore it there"):
        originals.path_of(home, "ab" * 32)
