"""Clusters from the store, and copies nominated at once, or none."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from gross.actions import clusters, detectors, nominations
from gross.domain.errors import Refused
from gross.store.ledger import LedgerRow
from gross.store.nominations import Nomination
from tests.conftest import NOW
from tests.web.conftest import make_flag

__all__ = ["make_flag"]


@pytest.fixture
def reviewer(make_person):
    return make_person("Reviewer", roles="staff compliance")


@pytest.fixture
def family(make_policy, make_flag):
    """Three copies, and the flag that says so."""
    copies = [
        make_policy(f"Copy {n}", "Wash your hands well.", number=f"S-{n}", last_reviewed=f"202{n}")
        for n in (1, 2, 3)
    ]
    return copies, make_flag(*copies)


def _deeds(session):
    session.flush()
    return [json.loads(row) for row in session.scalars(select(LedgerRow.entry))]


def test_open_flags_make_clusters_and_answered_ones_do_not(session, family, make_flag):
    copies, flag = family
    make_flag(kind="outdated")
    make_flag(state="gone")

    (found,) = clusters.gather(session)

    assert found.primary == copies[2].id
    assert set(found.copies) == {copies[0].id, copies[1].id}
    assert (found.words, found.flags) == (8, (flag.id,))
    flag.state = "gone"
    session.flush()
    assert clusters.gather(session) == ()


def test_a_retired_policy_ties_nothing(session, family):
    copies, _ = family
    copies[0].retired_at, copies[0].tombstone = NOW, "Follow S-3."
    session.flush()
    assert clusters.gather(session) == ()


def test_a_suspended_detector_ties_nothing(session, reviewer, family):
    detectors.suspend(session, reviewer, "near_duplicate", "Noise.", now=NOW)
    session.flush()
    assert clusters.gather(session) == ()


def test_copies_are_nominated_with_what_stays_to_follow(session, reviewer, family):
    (one, two, stays), flag = family

    clusters.nominate_copies(session, reviewer, stays, [one, two], "Kept thrice.", [flag], now=NOW)

    made = session.scalars(select(Nomination).order_by(Nomination.id)).all()
    assert [(each.policy, each.successor, each.flag_id) for each in made] == [
        (one, stays, flag.id),
        (two, stays, flag.id),
    ]
    assert {each.why for each in made} == {"Kept thrice."}
    deeds = _deeds(session)
    assert [deed["verb"] for deed in deeds] == ["nominate", "nominate"]
    assert {deed["detail"]["successor"] for deed in deeds} == {str(stays.id)}


def test_one_that_is_nominated_already_stops_all(session, reviewer, family):
    (one, two, stays), _ = family
    nominations.nominate(session, reviewer, what="It", why="So.", policy=two, now=NOW)

    with pytest.raises(Refused) as refusal:
        clusters.nominate_copies(session, reviewer, stays, [one, two], "So.", now=NOW)
    assert str(refusal.value) == "Nominated already: “S-2 Copy 2”. Nothing was changed."
    assert session.scalar(select(func.count(Nomination.id))) == 1


def test_what_cannot_be_is_refused(session, reviewer, family, make_person):
    (one, two, stays), _ = family
    nurse = make_person("Nurse")
    for actor, primary, copies, why, sentence in (
        (nurse, stays, [one], "So.", "Only compliance nominates several policies at once."),
        (reviewer, stays, [], "So.", "Mark at least one copy to nominate."),
        (
            reviewer,
            stays,
            [one, stays],
            "So.",
            "“S-3 Copy 3” is to stay; it cannot be one of the copies.",
        ),
        (reviewer, stays, [one], " ", "Say why it wastes your time."),
    ):
        with pytest.raises(Refused) as refusal:
            clusters.nominate_copies(session, actor, primary, copies, why, now=NOW)
        assert str(refusal.value) == sentence
    two.retired_at, two.tombstone = NOW, "Gone."
    session.flush()
    with pytest.raises(Refused) as refusal:
        clusters.nominate_copies(session, reviewer, two, [one], "So.", now=NOW)
    assert str(refusal.value) == "“S-2 Copy 2” is retired already; choose another to stay."
    assert _deeds(session) == []
