"""Scans against a real database: answers are kept, quotes are exact, a kill loses nothing."""

from __future__ import annotations

import json
import time
from collections import Counter
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from gross.actions import flags, scans
from gross.store import ledger
from gross.store.db import begin_write, db
from gross.store.flags import Flag, Scan
from gross.store.measures import Measure
from gross.store.people import Person
from gross.store.policies import Edition, PassageRow, Policy, Prepared
from tests.conftest import NOW

TODAY = date(2026, 11, 23)
HANDS = (
    "Purpose and scope of hand hygiene on every unit of the hospital, for staff and "
    "for visitors.\n"
    "Staff shall perform hand hygiene with an alcohol-based hand rub or soap and "
    "water before and after every patient contact.\n"
    "When hands are visibly soiled, or after caring for a patient with diarrhoea, "
    "soap and water shall be used for 20 seconds.\n"
    "Artificial nails and nail extenders are not permitted for staff with direct "
    "patient contact of any kind.\n"
    "Gloves do not replace hand hygiene; they are removed and hand hygiene is "
    "performed between tasks on the same patient.\n"
    "Each manager reviews the observation results with the team once a month and "
    "posts them on the unit's board."
)


@contextmanager
def _reading(app):
    with app.app_context():
        yield db.session()


@contextmanager
def _writing(app):
    with app.app_context():
        begin_write(db.session)
        yield db.session()
        db.session.commit()


@pytest.fixture
def scan(app):
    """Scan what is committed; give the outcome. `progress` may do something in between."""

    def run(progress=lambda stage, done, total: None, *, days=0, today=TODAY):
        db.session.commit()
        doors = scans.Doors(lambda: _reading(app), lambda: _writing(app))
        at = NOW + timedelta(days=days)
        outcome = scans.run_scan(doors, None, today=today, now=lambda: at, progress=progress)
        db.session.expire_all()
        begin_write(db.session)
        return outcome

    return run


@pytest.fixture
def twins(make_policy):
    """Two policies that say the same."""
    return (
        make_policy("Hand Hygiene", HANDS, number="IC-014"),
        make_policy("Hand Washing on Nursing Units", HANDS + "\nNurses sign a log.", number="N-2"),
    )


def _all_flags():
    return db.session.scalars(select(Flag).order_by(Flag.id)).all()


def _new_edition(policy, text):
    old = policy.current
    edition = Edition(
        policy_id=policy.id,
        digest=f"{policy.id}{len(text)}".zfill(64),
        filename=old.filename,
        size_bytes=len(text),
        text=text,
        word_count=len(text.split()),
        imported_at=NOW,
    )
    db.session.add(edition)
    db.session.flush()
    start = 0
    for line in text.split("\n"):
        db.session.add(
            PassageRow(edition_id=edition.id, start=start, end=start + len(line), kind="paragraph")
        )
        start += len(line) + 1
    policy.current_id = edition.id
    db.session.flush()


def test_two_policies_that_say_the_same_are_one_flag_with_both_named(scan, twins):
    outcome = scan()

    (flag,) = _all_flags()
    assert (flag.kind, flag.state, flag.detector) == ("redundant", "open", "near_duplicate")
    assert {policy.number for policy in flag.policies} == {"IC-014", "N-2"}
    assert outcome.flags == {"redundant": 1}
    assert (outcome.new, outcome.gone, outcome.policies) == (1, 0, 2)
    assert outcome.words_per_second > 0
    assert outcome.sentence == (
        "2 policies were read and 1 flag found: 1 new, 0 gone since the last scan."
    )


def test_quotes_are_exactly_the_text_at_their_offsets(scan, make_policy):
    odd = "\U0001f9fc Purpose. Zażółć gęślą jaźń – naïve “quotes” 手洗い.\n"
    make_policy("Hand Hygiene", odd + HANDS)
    make_policy("Hand Washing", HANDS)

    scan()

    (flag,) = _all_flags()
    texts = [db.session.get(Edition, edition).text for edition in json.loads(flag.editions)]
    passages = json.loads(flag.passages)
    assert passages
    for passage in passages:
        for place, side in zip(passage["of"], "ab", strict=True):
            quote = passage[side]
            assert texts[place][quote["start"] : quote["end"]] == quote["text"] != ""


def test_the_same_scan_twice_doubles_nothing(scan, twins):
    scan()
    before = [(flag.id, flag.key, flag.passages) for flag in _all_flags()]
    outcome = scan(days=1)

    assert [(flag.id, flag.key, flag.passages) for flag in _all_flags()] == before
    assert (outcome.new, outcome.gone) == (0, 0)
    assert _all_flags()[0].first_seen_at == NOW


def test_each_edition_is_counted_once_and_again_when_its_text_changes(scan, twins):
    told = []

    def progress(stage, done, total):
        if stage == "measure":
            told.append(total)

    scan(progress)
    scan(progress, days=1)
    assert told == [2]
    _new_edition(twins[1], HANDS + "\nThe form is signed by the nurse and the manager.")
    scan(progress, days=2)

    assert told == [2, 1]
    counted = db.session.scalars(select(Measure).order_by(Measure.offices)).all()
    assert [row.offices for row in counted] == [0, 0, 2]


def test_a_dismissal_outlives_the_next_scan(scan, twins, make_person):
    reviewer = make_person("Reviewer", roles="staff compliance")
    scan()
    flags.dismiss(db.session(), reviewer, _all_flags()[0], "scope", "Two sites", now=NOW)

    scan(days=1)

    (flag,) = _all_flags()
    assert (flag.state, flag.answered_by) == ("dismissed", reviewer.id)
    assert flag.reason == "They are for different people, places or situations: Two sites"
    assert flag.scan_id == db.session.scalar(select(func.max(Scan.id)))


def test_a_text_that_moved_without_changing_keeps_its_answer(scan, make_policy, make_person):
    reviewer = make_person("Reviewer", roles="staff compliance")
    policy = make_policy("Hand Hygiene", HANDS)
    make_policy("Hand Washing", HANDS)
    scan()
    flags.confirm(db.session(), reviewer, _all_flags()[0], now=NOW)
    _new_edition(policy, "Approved by the board.\n\n" + HANDS)

    scan(days=1)

    (flag,) = _all_flags()
    assert flag.state == "confirmed"
    starts = {passage["a"]["start"] for passage in json.loads(flag.passages)}
    starts |= {passage["b"]["start"] for passage in json.loads(flag.passages)}
    assert len(starts) == 2  # the quote is shown where it stands now


def test_a_changed_text_asks_again(scan, twins, make_person):
    reviewer = make_person("Reviewer", roles="staff compliance")
    scan()
    flags.dismiss(db.session(), reviewer, _all_flags()[0], "scope", now=NOW)
    _new_edition(db.session.get(Policy, twins[0].id), HANDS.replace("20 seconds", "a full minute"))

    outcome = scan(days=1)

    assert [flag.state for flag in _all_flags()] == ["dismissed", "open"]
    assert outcome.new == 1


def test_an_open_flag_that_is_found_no_more_is_gone_and_comes_back_open(scan, twins):
    scan()
    policy = db.session.get(Policy, twins[0].id)
    first = policy.current_id
    _new_edition(policy, "Another matter altogether: badges are blue and worn above the waist.")
    assert scan(days=1).gone == 1
    assert [flag.state for flag in _all_flags()] == ["gone"]

    db.session.get(Policy, policy.id).current_id = first
    outcome = scan(days=2)

    assert [flag.state for flag in _all_flags()] == ["open"]
    assert (outcome.new, outcome.gone) == (0, 0)


def test_a_retired_policy_raises_nothing(scan, twins):
    policy = db.session.get(Policy, twins[1].id)
    policy.retired_at, policy.tombstone = NOW, "Follow IC-014."

    outcome = scan()

    assert outcome.policies == 1
    assert _all_flags() == []


def test_a_policy_that_retires_while_the_scan_looks_raises_nothing(scan, twins, app):
    def retire(stage, done, total):
        if stage == "write":
            with _writing(app) as session:
                policy = session.get(Policy, twins_id)
                policy.retired_at, policy.tombstone = NOW, "Follow IC-014."

    twins_id = twins[1].id
    scan(retire)

    assert _all_flags() == []


def test_an_answer_given_while_the_scan_looks_is_kept(scan, twins, make_person, app):
    reviewer_id = make_person("Reviewer", roles="staff compliance").id
    scan()
    flag_id = _all_flags()[0].id

    def answer(stage, done, total):
        """Another request confirms, in its own transaction, while the engine works."""
        if stage != "verify" or done:
            return
        with _writing(app) as session:
            flag = session.get(Flag, flag_id)
            if flag.state == "open":
                flags.confirm(session, session.get(Person, reviewer_id), flag, now=NOW)

    scan(answer, days=1)

    assert [flag.state for flag in _all_flags()] == ["confirmed"]


def test_each_edition_is_prepared_once(scan, twins, make_policy):
    scan()
    kept = db.session.execute(select(Prepared.edition_id, Prepared.blob)).all()
    make_policy("Badges", "Badges are blue.")
    stages = Counter()

    def count(stage, done, total):
        if stage == "prepare" and total == 1:
            stages[stage] += 1

    scan(count)

    assert stages["prepare"] == 1  # one edition was missing, the new one
    after = db.session.execute(select(Prepared.edition_id, Prepared.blob)).all()
    assert set(kept) < set(after)
    assert len(after) == 3


def test_a_scan_is_one_ledger_entry_with_its_counts(scan, twins):
    outcome = scan()

    ((entry, _),) = list(ledger.rows(db.session()))
    assert (entry.verb, entry.actor) == ("scan", "command line")
    assert entry.subject == f"scan:{outcome.scan_id}"
    assert entry.detail["new"] == "1"
    assert entry.detail["policies"] == "2"


def test_two_old_terms_in_one_sentence_are_two_flags(scan, make_policy):
    make_policy("Accreditation", "The JCAHO surveyor and the HCFA reviewer receive this binder.")

    scan()
    scan(days=1)

    found = _all_flags()
    assert len(found) == len({flag.sentence for flag in found}) == 2
    assert {flag.state for flag in found} == {"open"}


def test_an_empty_library_is_scanned_and_raises_nothing(scan, session):
    outcome = scan()

    assert (outcome.policies, outcome.words, outcome.flags) == (0, 0, {})


def test_the_write_lock_is_free_while_the_engine_works(scan, twins, app):
    waits = []

    def write(stage, done, total):
        if stage in {"read", "families", "verify", "near_duplicate"}:
            began = time.monotonic()
            with _writing(app) as session:
                session.get(Policy, first).owner = stage
            waits.append(time.monotonic() - began)

    first = twins[0].id
    scan(write)

    assert len(waits) >= 4
    assert max(waits) < 5
