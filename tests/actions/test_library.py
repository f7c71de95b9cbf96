"""Legal holds: the steward's word, with what it is about, and one ledger entry each."""

import pytest

from gross.actions import library
from gross.domain.errors import Refused
from gross.store import ledger
from tests.conftest import NOW


@pytest.fixture
def steward(make_person):
    return make_person("Steward", roles="staff steward")


def test_a_hold_is_put_on_and_lifted_with_one_entry_each(session, steward, make_policy):
    policy = make_policy()

    library.put_on_hold(session, steward, policy, "Claim 17", now=NOW)
    assert policy.legal_hold
    library.lift_hold(session, steward, policy, "Claim 17 is settled", now=NOW)
    session.flush()

    assert not policy.legal_hold
    told = ledger.timeline(session, f"policy:{policy.id}")
    assert [(row.content.verb, texts) for row, texts in told] == [
        ("hold", {"matter": "Claim 17"}),
        ("lift-hold", {"matter": "Claim 17 is settled"}),
    ]
    assert "Claim" not in told[0][0].entry


@pytest.mark.parametrize(
    ("act", "on_hold", "matter", "sentence"),
    [
        pytest.param(library.put_on_hold, True, "x", "under a legal hold already", id="twice"),
        pytest.param(library.lift_hold, False, "x", "under no legal hold", id="none to lift"),
        pytest.param(library.put_on_hold, False, " \n", "Say what the legal hold", id="no words"),
        pytest.param(library.put_on_hold, False, "x" * 2001, "at most 2,000", id="too many words"),
    ],
)
def test_a_refused_hold_changes_nothing(
    session, steward, make_policy, act, on_hold, matter, sentence
):
    policy = make_policy(legal_hold=on_hold)

    with pytest.raises(Refused, match=sentence):
        act(session, steward, policy, matter, now=NOW)

    assert policy.legal_hold is on_hold
    assert ledger.head(session)[0] == 0


def test_two_thousand_characters_are_enough(session, steward, make_policy):
    policy = make_policy()

    library.put_on_hold(session, steward, policy, "x" * 2000, now=NOW)

    assert policy.legal_hold


def test_only_the_steward_decides_about_holds(session, make_person, make_policy):
    reviewer, policy = make_person(roles="staff compliance admin"), make_policy()

    with pytest.raises(Refused, match="Only the steward"):
        library.put_on_hold(session, reviewer, policy, "Claim 17", now=NOW)
