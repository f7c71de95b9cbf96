from datetime import timedelta

import pytest

from gross.actions import steps
from gross.actions.nominations import name_policy
from gross.actions.steps import OWN_DEEDS, offers_for, take_step
from gross.domain.errors import Refused
from gross.domain.steps import ALL
from gross.domain.workflow import Stage, offers
from gross.store import ballots, ledger
from tests.actions.cast import YES, make_cast, make_policy
from tests.conftest import NOW


@pytest.fixture
def cast(session):
    return make_cast(session)


def refused(cast, says, act):
    """`act` is refused with a sentence, and neither ledger, letters nor rows know of it."""
    cast.session.commit()
    before = cast.entries()

    with pytest.raises(Refused, match=says):
        act()

    left_behind = (*cast.session.new, *cast.session.deleted)
    assert not left_behind
    assert not [row for row in cast.session.dirty if cast.session.is_modified(row)]
    assert cast.entries() == before


def test_a_nomination_is_recorded_and_acknowledged(cast):
    nomination = cast.nominated(where_met="At the door")

    assert (nomination.stage, nomination.submitted_at) == (Stage.SUBMITTED, NOW)
    assert cast.entries() == 1
    assert "has arrived" in cast.subjects_to(cast.nurse)[0]


def test_what_was_written_reaches_neither_the_entry_nor_the_letter(cast):
    nomination = cast.nominated(what="Mr Smith's badge", why="MRN 123 was on it")
    cast.session.flush()

    (row, texts), *_ = ledger.timeline(cast.session, f"nomination:{nomination.id}")

    assert texts == {"what": "Mr Smith's badge", "why": "MRN 123 was on it"}
    assert "Smith" not in row.entry
    assert "Smith" not in cast.letters_to(cast.nurse)[0].body


def test_a_nomination_may_be_about_no_policy(cast):
    assert cast.nominated(policy=None).policy is None
    assert cast.subjects_to(cast.nurse) == ["Thank you: your nomination has arrived"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        pytest.param({"what": " \n"}, "Say what it is", id="blank"),
        pytest.param({"what": "\x00"}, "Say what it is", id="only a NUL"),
        pytest.param({"why": ""}, "Say why", id="no why"),
        pytest.param({"why": "x" * 2001}, "under 2,000 characters", id="too long"),
        pytest.param({"where_met": "x" * 100_000}, "under 2,000", id="far too long"),
    ],
)
def test_a_nomination_is_refused(cast, given, says):
    refused(cast, says, lambda: cast.nominated(**given))


def test_two_thousand_characters_are_not_too_many(cast):
    assert len(cast.nominated(why="x" * 2000).why) == 2000


def test_a_retired_policy_cannot_be_nominated(cast):
    cast.retired()

    refused(cast, "is retired already", lambda: cast.nominated())


def test_compliance_says_which_policy_is_meant(cast):
    nomination = cast.nominated(policy=None)

    name_policy(cast.session, cast.reviewer, nomination, cast.policy, now=NOW)

    assert nomination.policy is cast.policy
    assert cast.last_entry().detail == {"to": str(cast.policy.id)}


def test_a_policy_named_wrongly_can_be_named_again(cast):
    nomination, other = cast.nominated(), make_policy(cast.session, "HR-8", "Lanyards")

    name_policy(cast.session, cast.reviewer, nomination, other, now=NOW)

    assert cast.last_entry().detail == {"from": str(cast.policy.id), "to": str(other.id)}


def test_naming_the_policy_is_refused(cast):
    nomination = cast.nominated()
    retired = make_policy(cast.session, "HR-9", "Old", retired_at=NOW, tombstone="Gone.")
    own = cast.nominated(cast.reviewer, policy=None)

    def named(who, policy, what=nomination):
        return lambda: name_policy(cast.session, who, what, policy, now=NOW)

    refused(cast, "Only compliance", named(cast.nurse, cast.policy))
    refused(cast, "somebody else says which", named(cast.reviewer, cast.policy, own))
    refused(cast, "“HR-9 Old” is retired already", named(cast.reviewer, retired))
    refused(cast, "about “HR-7 Badge Colours” already", named(cast.reviewer, cast.policy))
    cast.on_ballot(nomination)
    refused(cast, "The policy is settled", named(cast.reviewer, cast.policy))


@pytest.mark.parametrize("first", [None, "take-up"])
@pytest.mark.parametrize(
    ("verb", "stage", "says"),
    [
        ("keep", Stage.KEPT, "the policy stays as it is"),
        ("do-at-once", Stage.DONE, "it was mended at once"),
        ("pass-to-owner", Stage.WITH_OWNER, "it goes to the owner"),
        ("advocate", Stage.ADVOCACY, "outside our walls"),
    ],
)
def test_every_answer_reaches_the_nominator_with_its_reason(cast, first, verb, stage, says):
    nomination = cast.nominated()
    if first:
        take_step(cast.session, cast.reviewer, nomination, first, now=NOW)

    take_step(cast.session, cast.reviewer, nomination, verb, "Because of X.", now=NOW)

    letter = cast.letters_to(cast.nurse)[-1]
    assert (nomination.stage, nomination.answer) == (stage, "Because of X.")
    assert says in letter.body
    assert "Because of X." in letter.body
    assert letter.path == f"/nominations/{nomination.id}"


def test_taking_it_up_is_told(cast):
    nomination = cast.nominated()

    take_step(cast.session, cast.reviewer, nomination, "take-up", now=NOW + timedelta(hours=1))

    assert nomination.moved_at == NOW + timedelta(hours=1)
    assert "Compliance is looking at" in cast.subjects_to(cast.nurse)[-1]


def test_the_nominator_takes_it_back(cast):
    nomination = cast.nominated()

    take_step(cast.session, cast.nurse, nomination, "withdraw", now=NOW)

    assert nomination.stage == Stage.WITHDRAWN
    assert cast.last_entry().detail == {"from": "submitted", "to": "withdrawn"}


def test_a_reason_enters_the_ledger_as_a_commitment_only(cast):
    nomination = cast.nominated()

    take_step(cast.session, cast.reviewer, nomination, "keep", "The law asks for it.", now=NOW)

    entry = cast.last_entry()
    assert set(entry.detail) == {"from", "to", "reason_commitment"}
    assert "law" not in str(entry)


def test_a_step_is_refused(cast):
    nomination, own = cast.nominated(), cast.nominated(cast.reviewer)

    def step(who, verb, reason="", what=nomination):
        return lambda: take_step(cast.session, who, what, verb, reason, now=NOW)

    refused(cast, "Give a reason to do at once", step(cast.reviewer, "do-at-once", " \x00 "))
    refused(cast, "reason under 2,000", step(cast.reviewer, "keep", "x" * 2001))
    refused(cast, "“Keep”", step(cast.nurse, "keep", "I like it."))
    refused(cast, "“Fly” is not possible", step(cast.reviewer, "fly"))
    refused(cast, "somebody else decides", step(cast.reviewer, "take-up", what=own))
    refused(cast, "Only the person who nominated it", step(cast.reviewer, "withdraw"))
    refused(cast, "“Call off” is not possible", step(cast.steward, "call-off", "No."))


def test_a_disabled_person_does_nothing(cast):
    nomination = cast.nominated()
    cast.reviewer.disabled_at = NOW

    refused(
        cast,
        "“Keep”",
        lambda: take_step(cast.session, cast.reviewer, nomination, "keep", "So.", now=NOW),
    )


def test_a_role_lost_is_lost_at_once(cast):
    nomination = cast.nominated()
    assert "keep" in offers_for(cast.session, cast.reviewer, nomination, now=NOW)

    cast.reviewer.roles = "staff"

    assert set(offers_for(cast.session, cast.reviewer, nomination, now=NOW)) == {"withdraw"}


@pytest.mark.parametrize("verb", sorted(OWN_DEEDS))
def test_a_posted_verb_skips_no_ballot_and_no_signature(cast, verb):
    """Each verb with an action of its own, where it would be allowed to whoever asks."""
    nomination, who = {
        "send-to-ballot": lambda: (cast.nominated(), cast.reviewer),
        "reopen": lambda: (cast.closed(), cast.reviewer),
        "close": lambda: (over(cast), cast.reviewer),
        "sign": lambda: (cast.in_approval(), cast.cno),
        "refuse": lambda: (cast.in_approval(), cast.cno),
        "send-back": lambda: (cast.in_approval(), cast.cno),
        "retire": lambda: (due(cast), cast.steward),
        "close-with-policy": lambda: (of_a_retired_policy(cast), None),
    }[verb]()
    stage = nomination.stage
    known = steps.facts(cast.session, who, nomination, now=cast.now)
    offered = offers(ALL, Stage(stage), known)
    assert offered[verb].refusal is None

    refused(
        cast,
        OWN_DEEDS[verb],
        lambda: take_step(cast.session, who, nomination, verb, "Now.", now=cast.now),
    )
    assert nomination.stage == stage


def over(cast):
    ballot = cast.on_ballot()
    cast.vote(ballot, YES, YES, YES)
    return ballot.nomination


def due(cast):
    nomination = cast.scheduled()
    cast.now += timedelta(days=14)
    return nomination


def of_a_retired_policy(cast):
    nomination = cast.nominated()
    cast.policy.retired_at, cast.policy.tombstone = NOW, "Gone."
    return nomination


def test_two_nominations_of_one_policy_are_not_decided_at_once(cast):
    first, second = cast.nominated(), cast.nominated(cast.steward)
    cast.on_ballot(first)

    refused(cast, "Another nomination of this policy", lambda: cast.on_ballot(second))


def test_an_offer_says_why_a_button_is_grey(cast):
    nomination = cast.nominated()
    cast.policy.legal_hold = True

    offer = offers_for(cast.session, cast.reviewer, nomination, now=NOW)["send-to-ballot"]

    assert offer.refusal == "The policy is under a legal hold."


def test_the_whole_way_leaves_one_entry_for_each_deed(cast):
    nomination = cast.retired()

    ballot = ballots.newest(cast.session, nomination)
    subjects = (f"nomination:{nomination.id}", f"ballot:{ballot.id}")
    verbs = [row.content.verb for row, _ in ledger.timeline(cast.session, *subjects)]
    assert verbs == [
        "nominate",
        "send-to-ballot",
        "vote",
        "vote",
        "vote",
        "close",
        "sign",
        "sign",
        "retire",
    ]
    assert cast.entries() == len(verbs)
    assert cast.chain_holds()
