"""Corrections: a person's value wins over the file's, outlives an import, and can be taken back."""

from contextlib import contextmanager

import pytest
from sqlalchemy import select

from gross.actions import corrections, imports, scan_library
from gross.actions.arrivals import Asked, prepared
from gross.actions.deliveries import Candidate, deliver
from gross.domain.errors import Refused
from gross.domain.header import FIELDS
from gross.intake.child import ReaderProcess
from gross.store import corrections as kept
from gross.store import ledger, search
from gross.store.db import begin_write, db
from gross.store.people import Person
from gross.store.policies import Policy
from gross.store.search import Wanted
from tests.conftest import NOW

HANDS = "Policy Number: IC-014\nTitle: Hand Hygene\nNext Review: 5/2020\nRevised: 1/2011\n\n{}\n"


@pytest.fixture
def steward(make_person):
    return make_person("Steward", roles="staff steward")


@pytest.fixture
def policy(make_policy):
    return make_policy("Hand Hygene", number="IC-014", next_review="2020-05")


@contextmanager
def transaction():
    db.session.rollback()
    begin_write(db.session)
    yield db.session()
    db.session.commit()
    db.session.remove()


@pytest.fixture
def bring(home, app):
    def run(path, manifest=None):
        given = Candidate("given.csv", lambda: manifest.encode()) if manifest else None
        with deliver(path) as delivery, ReaderProcess() as reader:
            asked = Asked(delivery, given, reader, day_first=None)
            work = prepared(asked, lambda done, total, source: None)
            items = list(imports.bring_in(work, home, None, transaction, now=lambda: NOW))
        return {item.source: item.outcome for item in items}

    return run


def test_a_correction_is_kept_with_who_and_when_and_one_entry(session, steward, policy):
    made = corrections.correct(session, steward, policy, "title", " Hand  Hygiene ", now=NOW)

    assert policy.title == "Hand Hygiene"
    assert (made.value, made.read, made.person_id, made.at) == (
        "Hand Hygiene",
        "Hand Hygene",
        steward.id,
        NOW,
    )
    ((row, texts),) = ledger.timeline(session, f"policy:{policy.id}")
    assert (row.content.verb, row.content.detail["field"]) == ("correct", "title")
    assert texts == {"value": "Hand Hygiene", "read": "Hand Hygene"}
    assert "Hygiene" not in row.entry


def test_a_corrected_title_is_what_is_searched(session, steward, policy):
    corrections.correct(session, steward, policy, "title", "Hand Hygiene", now=NOW)

    (hit,) = search.search(session, Wanted(words="hygiene"), offset=0, today=NOW.date())
    assert hit.policy is policy


def test_corrected_again_what_was_read_stays(session, steward, policy):
    corrections.correct(session, steward, policy, "number", "IC-015", now=NOW)
    made = corrections.correct(session, steward, policy, "number", "IC-016", now=NOW)

    assert (policy.number, made.value, made.read) == ("IC-016", "IC-016", "IC-014")
    assert ledger.head(session)[0] == 2


def test_a_correction_is_taken_back_once(session, steward, policy):
    corrections.correct(session, steward, policy, "next_review", "2030-01", now=NOW)

    corrections.take_back(session, steward, policy, "next_review", now=NOW)

    assert policy.next_review == "2020-05"
    assert kept.of_policy(session, policy) == {}
    with pytest.raises(Refused, match="This value is not corrected, or no longer"):
        corrections.take_back(session, steward, policy, "next_review", now=NOW)
    assert ledger.head(session)[0] == 2


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("colour", "blue", "Choose one of the fields"),
        ("title", " \n ", "Say what the value is"),
        ("title", "x" * 201, "at most 200 characters"),
        ("title", "Hand Hygene", "Title says “Hand Hygene” already"),
        ("next_review", "2020-05", "Next review says “2020-05” already"),
        ("next_review", "03/12/2016", "“03/12/2016” is no date; write 2026, 2026-03"),
        ("effective", "2026-02-30", "is no date"),
        ("effective", "0000", "is no date"),
        ("kind", "poster", "“poster” is no kind of document; use one of form, guideline"),
    ],
)
def test_a_refused_correction_changes_nothing(session, steward, policy, field, value, sentence):
    with pytest.raises(Refused, match=sentence):
        corrections.correct(session, steward, policy, field, value, now=NOW)

    assert (policy.title, policy.next_review) == ("Hand Hygene", "2020-05")
    assert kept.of_policy(session, policy) == {}
    assert ledger.head(session)[0] == 0


def test_two_hundred_characters_are_enough(session, steward, policy):
    corrections.correct(session, steward, policy, "owner", "x" * 200, now=NOW)

    assert policy.owner == "x" * 200


@pytest.mark.parametrize("roles", ["staff", "committee", "approver", "auditor", "admin"])
def test_only_compliance_and_the_steward_correct(session, make_person, policy, roles):
    other = make_person(roles=roles)

    for act in (
        lambda: corrections.correct(session, other, policy, "title", "Hygiene", now=NOW),
        lambda: corrections.take_back(session, other, policy, "title", now=NOW),
    ):
        with pytest.raises(Refused, match="Only compliance and the steward correct"):
            act()

    assert ledger.head(session)[0] == 0


def test_a_retired_policys_record_stays(session, steward, make_policy):
    gone = make_policy(retired_at=NOW, tombstone="Gone.")

    with pytest.raises(Refused, match="is retired; its record stays as it was"):
        corrections.correct(session, steward, gone, "title", "Other", now=NOW)


def test_every_field_can_be_corrected_and_taken_back(session, steward, policy):
    for field in FIELDS:
        value = "form" if field == "kind" else "2031-07" if "20" in _some(field) else "Right"
        corrections.correct(session, steward, policy, field, value, now=NOW)
        assert kept.of_policy(session, policy)[field].value == value
        corrections.take_back(session, steward, policy, field, now=NOW)
    assert kept.of_policy(session, policy) == {}


def _some(field):
    """A value of the kind that the field holds."""
    words = ("number", "title", "owner", "area", "applies_to", "version", "supersedes")
    return "words" if field in words else "2020"


def test_a_correction_outlives_the_next_edition(tmp_path, bring, make_person):
    library = tmp_path / "library"
    library.mkdir()
    file = library / "hands.txt"
    file.write_text(HANDS.format("Wash."))
    steward_id = make_person("Steward", roles="staff steward").id
    db.session.commit()
    bring(library)
    with transaction() as session:
        steward, policy = session.get(Person, steward_id), session.scalars(select(Policy)).one()
        assert policy.next_review == "2020-05"
        for field, value in (("title", "Hand Hygiene"), ("last_revised", "2026")):
            corrections.correct(session, steward, policy, field, value, now=NOW)

    assert bring(library) == {"hands.txt": "same"}
    file.write_text(HANDS.format("Wash well.").replace("Hygene", "Hygenie"))
    assert bring(library) == {"hands.txt": "changed"}

    policy = db.session.scalars(select(Policy)).one()
    assert policy.title == "Hand Hygiene"
    right = kept.of_policy(db.session(), policy)
    assert (right["title"].read, right["last_revised"].read) == ("Hand Hygenie", "2011-01")
    (document,) = scan_library.gather(db.session(), today=NOW.date()).whole.documents
    assert (document.title, str(document.dates["last_revised"])) == ("Hand Hygiene", "2026")
    with transaction() as session:
        steward, policy = session.get(Person, steward_id), session.scalars(select(Policy)).one()
        corrections.take_back(session, steward, policy, "title", now=NOW)
        assert policy.title == "Hand Hygenie"


def test_a_manifest_still_finds_a_policy_by_the_number_that_its_file_has(
    tmp_path, bring, make_person
):
    library = tmp_path / "library"
    library.mkdir()
    (library / "hands.txt").write_text(HANDS.format("Wash."))
    steward_id = make_person("Steward", roles="staff steward").id
    db.session.commit()
    manifest = "Number,Title\nIC-014,Hand Hygene\n"
    bring(library, manifest)
    with transaction() as session:
        steward, policy = session.get(Person, steward_id), session.scalars(select(Policy)).one()
        corrections.correct(session, steward, policy, "number", "IC-015", now=NOW)

    assert bring(library, manifest) == {"hands.txt": "same"}
