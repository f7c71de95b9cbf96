import json
from datetime import timedelta
from fractions import Fraction

import pytest

from gross.actions import ballots
from gross.domain.ballot import Choice, Tally
from gross.domain.workflow import Stage
from gross.store import ballots as stored
from gross.store import ledger
from gross.store.ballots import Paper
from tests.actions.cast import NO, WEEK, YES, make_cast, make_policy
from tests.actions.test_nominations import refused
from tests.conftest import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def cast(session):
    return make_cast(session)


def test_opening_freezes_the_electorate_and_asks_it(cast):
    ballot = cast.on_ballot()
    cast.members[2].roles = "staff"  # after the opening: the base stays

    assert [elector.person for elector in ballot.eligible] == cast.members
    assert ballot.edition is cast.policy.current
    assert ballot.nomination.stage == Stage.BALLOT
    assert cast.letters_to(cast.members[0])[0].path == f"/ballots/{ballot.id}"
    assert "committee votes" in cast.subjects_to(cast.nurse)[-1]
    assert cast.last_entry().detail["electors"] == " ".join(f"person:{m.id}" for m in cast.members)


def test_nominator_and_owner_are_recused_on_the_record(cast):
    nominator, owner, member = cast.members
    cast.policy.owner_id = owner.id

    ballot = cast.on_ballot(cast.nominated(nominator))

    assert [elector.person for elector in ballot.eligible] == [member]
    recused = {e.person: e.recused_because for e in ballot.electors if e.recused_at}
    assert recused == {nominator: "Nominated it.", owner: "Owns the policy."}
    assert cast.last_entry().detail["recused"] == (
        f"person:{nominator.id} Nominated it.; person:{owner.id} Owns the policy."
    )
    assert cast.letters_to(owner) == []
    refused(cast, "stepped back", lambda: cast_vote(cast, owner, ballot))


def test_a_disabled_member_is_not_on_the_roll(cast):
    cast.members[0].disabled_at = NOW

    assert [e.person for e in cast.on_ballot().electors] == cast.members[1:]


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        pytest.param(
            {"closes_at": NOW + HOUR - timedelta(seconds=1)}, "at least an hour", id="soon"
        ),
        pytest.param({"closes_at": NOW - WEEK}, "at least an hour", id="in the past"),
        pytest.param(
            {"closes_at": NOW + timedelta(days=90, seconds=1)}, "at most 90 days", id="far off"
        ),
        pytest.param({"quorum": Fraction(0)}, "more than none", id="no quorum"),
        pytest.param({"quorum": Fraction(4, 3)}, "at most all", id="never a quorum"),
        pytest.param({"threshold": Fraction(49, 100)}, "at least half", id="below half"),
        pytest.param({"threshold": Fraction(3, 2)}, "at most all", id="never carried"),
        pytest.param({"threshold": Fraction(1501, 2001)}, "simple shares", id="odd share"),
        pytest.param({"notice_days": -1}, "from 0 to 365", id="notice backwards"),
        pytest.param({"notice_days": 366}, "from 0 to 365", id="long notice"),
    ],
)
def test_terms_are_refused(cast, terms, says):
    nomination = cast.nominated()

    refused(cast, says, lambda: cast.on_ballot(nomination, **terms))


@pytest.mark.parametrize(
    "terms",
    [
        {"closes_at": NOW + HOUR},
        {"closes_at": NOW + timedelta(days=90)},
        {"quorum": Fraction(1), "threshold": Fraction(1)},
        {"threshold": Fraction(1, 2)},
        {"notice_days": 0},
        {"notice_days": 365},
    ],
    ids=str,
)
def test_terms_at_their_bounds_hold(cast, terms):
    assert cast.on_ballot(**terms).nomination.stage == Stage.BALLOT


def test_the_successor_must_be_another_policy_in_force(cast):
    nomination = cast.nominated()
    dead = make_policy(cast.session, "HR-9", "Old", retired_at=NOW, tombstone="Gone.")

    refused(cast, "own successor", lambda: cast.on_ballot(nomination, successor=cast.policy))
    refused(cast, "“HR-9 Old” is retired", lambda: cast.on_ballot(nomination, successor=dead))


def test_a_policy_without_a_text_cannot_be_voted_on(cast):
    nomination = cast.nominated()
    cast.policy.current = None

    refused(cast, "no text that could be voted on", lambda: cast.on_ballot(nomination))


def cast_vote(cast, person, ballot, choice=YES, rationale="", now=None):
    return ballots.vote(cast.session, person, ballot, choice, rationale, now=now or cast.now)


def test_a_vote_is_recorded_without_telling_what_it_was(cast):
    ballot = cast.on_ballot()

    paper = cast_vote(cast, cast.members[0], ballot, NO, "The law asks for it.")

    assert (paper.choice, paper.rationale) == (NO, "The law asks for it.")
    entry = cast.last_entry()
    assert (entry.verb, entry.subject) == ("vote", f"ballot:{ballot.id}")
    assert "keep" not in entry.detail.values()
    assert {"choice_commitment", "rationale_commitment"} < set(entry.detail)
    cast.session.flush()
    _, texts = ledger.timeline(cast.session, f"ballot:{ballot.id}")[-1]
    assert texts == {"choice": "keep", "rationale": "The law asks for it."}


def test_a_changed_vote_replaces_the_one_before(cast):
    ballot = cast.on_ballot()
    cast_vote(cast, cast.members[0], ballot, NO, "No.")

    cast_vote(cast, cast.members[0], ballot, YES)

    cast.session.flush()
    assert cast.session.query(Paper).count() == 1
    assert ballot.numbers == Tally(3, retire=1)


def test_a_vote_is_refused(cast):
    ballot = cast.on_ballot()
    first, second, third = cast.members

    refused(cast, "not on the roll", lambda: cast_vote(cast, cast.reviewer, ballot))
    refused(cast, "needs a rationale", lambda: cast_vote(cast, first, ballot, NO, " "))
    refused(cast, "needs a rationale", lambda: cast_vote(cast, first, ballot, Choice.CHANGE))
    refused(cast, "rationale under 2,000", lambda: cast_vote(cast, first, ballot, NO, "x" * 2001))
    refused(
        cast,
        "closing time has passed",
        lambda: cast_vote(cast, first, ballot, now=ballot.closes_at),
    )
    refused(
        cast,
        "clock stands before the ballot's opening; nothing was changed",
        lambda: cast_vote(cast, first, ballot, now=NOW - timedelta(seconds=1)),
    )
    second.roles = "staff"
    refused(cast, "roles no longer include voting", lambda: cast_vote(cast, second, ballot))
    third.disabled_at = NOW
    refused(cast, "roles no longer include voting", lambda: cast_vote(cast, third, ballot))


def test_the_last_second_still_counts(cast):
    ballot = cast.on_ballot()

    assert cast_vote(cast, cast.members[0], ballot, now=ballot.closes_at - timedelta(seconds=1))


def test_stepping_aside_withdraws_the_vote_and_shrinks_the_base(cast):
    ballot = cast.on_ballot()
    cast.vote(ballot, YES, YES)

    ballots.recuse(cast.session, cast.members[0], ballot, "My brother wrote it.", now=NOW)

    cast.session.flush()
    assert ballot.numbers == Tally(2, retire=1)
    assert cast.session.query(Paper).count() == 1
    assert cast.last_entry().detail["withdrew_vote"] == "yes"
    assert "brother" not in str(cast.last_entry())


def test_stepping_aside_is_refused(cast):
    ballot = cast.on_ballot()

    def aside(who, because="Because.", now=NOW):
        return lambda: ballots.recuse(cast.session, who, ballot, because, now=now)

    refused(cast, "Say why you step back", aside(cast.members[0], " "))
    refused(cast, "reason under 2,000", aside(cast.members[0], "x" * 2001))
    refused(cast, "not on the roll", aside(cast.nurse))
    refused(cast, "closing time has passed", aside(cast.members[0], now=ballot.closes_at))
    aside(cast.members[0])()
    refused(cast, "stepped back", aside(cast.members[0]))


def test_a_carried_ballot_asks_the_first_office(cast):
    nomination = cast.closed(YES, YES, NO)

    (ballot,) = stored.of(cast.session, nomination)
    assert nomination.stage == Stage.APPROVAL
    assert ballot.result == "Carried: 2 of 3 voted to retire; 2/3 was needed."
    assert cast.subjects_to(cast.cno) == ["Your signature, please: “HR-7 Badge Colours”"]
    assert cast.letters_to(cast.cno)[0].path == f"/approvals/{nomination.id}"
    assert cast.letters_to(cast.cmo) == []
    for person in (cast.nurse, *cast.members):
        assert "The result of the ballot" in cast.subjects_to(person)[-1]
    roll = dict(json.loads(ballot.tally)["roll"])
    assert list(roll.values()) == ["retire", "retire", "keep"]


def test_a_ballot_that_fails_keeps_the_policy_and_says_why(cast):
    nomination = cast.closed(YES, NO, NO)

    assert nomination.stage == Stage.KEPT
    assert nomination.answer == "Not carried: 1 of 3 voted to retire; 2/3 is needed."
    assert "The policy stays." in cast.letters_to(cast.nurse)[-1].body


def test_too_few_votes_wait_for_a_second_ballot_and_no_third(cast):
    nomination = cast.closed(YES)
    assert nomination.stage == Stage.NO_QUORUM
    assert nomination.answer == "No quorum: 1 of 3 voted; the quorum is 2."

    again = cast.on_ballot(nomination)
    assert cast.last_entry().verb == "reopen"
    cast.now = again.closes_at
    ballots.close(cast.session, None, again, now=cast.now)

    assert nomination.stage == Stage.NO_QUORUM
    refused(cast, "a second time is not possible", lambda: cast.on_ballot(nomination))


def test_a_ballot_after_sending_back_may_be_opened_again_once_too(cast):
    """Two ballots with a decision between them are not a ballot that was reopened."""
    nomination = cast.in_approval()
    cast.decide(cast.cno, nomination, "send-back", reason="Ask again.")
    cast.on_ballot(nomination)
    ballot = stored.newest(cast.session, nomination)
    cast.now = ballot.closes_at
    ballots.close(cast.session, None, ballot, now=cast.now)

    assert cast.on_ballot(nomination).id != ballot.id


def test_compliance_closes_early_only_when_everybody_voted(cast):
    ballot = cast.on_ballot()
    cast.vote(ballot, YES, YES)

    def close(who):
        return lambda: ballots.close(cast.session, who, ballot, now=cast.now)

    refused(cast, "open until its closing time", close(cast.reviewer))
    refused(cast, "Your roles do not include “Close”", close(cast.members[0]))
    cast_vote(cast, cast.members[2], ballot)
    close(cast.reviewer)()

    assert ballot.closed_at == NOW
    refused(cast, "closed already", close(cast.reviewer))
    refused(cast, "The ballot is closed", lambda: cast_vote(cast, cast.members[0], ballot))


def test_a_recusal_can_make_everybody_have_voted(cast):
    ballot = cast.on_ballot()
    cast.vote(ballot, YES, YES)
    ballots.recuse(cast.session, cast.members[2], ballot, "Friend.", now=NOW)

    ballots.close(cast.session, cast.reviewer, ballot, now=NOW)

    assert ballot.numbers == Tally(2, retire=2)


def test_a_ballot_never_closes_back_in_time(cast):
    ballot = cast.on_ballot()
    cast.vote(ballot, YES, YES, YES)

    refused(
        cast,
        "before the ballot's opening; nothing was counted",
        lambda: ballots.close(cast.session, cast.reviewer, ballot, now=NOW - timedelta(seconds=1)),
    )


def test_the_count_is_in_the_ledger_by_its_digest(cast):
    nomination = cast.closed(YES, YES, NO)
    ballot = stored.newest(cast.session, nomination)

    (entry,) = [
        row.content
        for row, _ in ledger.timeline(cast.session, f"nomination:{nomination.id}")
        if row.content.verb == "close"
    ]

    assert entry.actor == "clock"
    assert entry.detail["tally"] == ballots.digest(ballot.tally)
