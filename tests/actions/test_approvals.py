import pytest

from gross.actions import approvals, ballots
from gross.actions.approvals import Read
from gross.domain.workflow import Stage
from gross.store.approvals import OfficeHolder
from tests.actions.cast import YES, make_cast
from tests.actions.test_nominations import refused


@pytest.fixture
def cast(session):
    return make_cast(session)


def stands(cast, nomination):
    state = approvals.state(cast.session, nomination)
    return {office.name: signature is not None for office, signature in state}


def test_offices_sign_in_their_order_and_the_last_sets_the_day(cast):
    nomination = cast.in_approval(notice_days=14)
    refused(cast, "waits for the signature of the CNO", lambda: cast.decide(cast.cmo, nomination))

    cast.decide(cast.cno, nomination)
    assert (nomination.stage, stands(cast, nomination)) == (
        Stage.APPROVAL,
        {"CNO": True, "CMO": False},
    )
    assert "Your signature, please" in cast.subjects_to(cast.cmo)[-1]
    cast.decide(cast.cmo, nomination)

    assert nomination.stage == Stage.SCHEDULED
    assert (nomination.retire_on - cast.now.astimezone().date()).days == 14
    for person in (cast.nurse, *cast.members):
        assert "will retire" in cast.subjects_to(person)[-1]


def test_a_signature_binds_what_was_read_and_what_it_means(cast):
    nomination = cast.in_approval()
    read = approvals.what_is_signed(cast.session, nomination)

    cast.decide(cast.cno, nomination)

    (_, signature), _ = approvals.state(cast.session, nomination)
    assert (signature.edition_digest, signature.tally_digest) == (
        cast.policy.current.digest,
        read.tally_digest,
    )
    assert signature.meaning == "I approve the retirement of this text, as CNO."
    assert cast.last_entry().detail | {"office": "CNO", "meaning": signature.meaning} == (
        cast.last_entry().detail
    )


def test_a_wrong_password_signs_nothing(cast):
    nomination = cast.in_approval()

    refused(
        cast,
        "The password is wrong; nothing was signed",
        lambda: cast.decide(cast.cno, nomination, password="wrong"),
    )
    assert stands(cast, nomination) == {"CNO": False, "CMO": False}


@pytest.mark.parametrize("verb", ["sign", "refuse", "send-back"])
@pytest.mark.parametrize("stale", ["edition", "tally"])
def test_what_has_changed_since_it_was_read_is_not_decided_on(cast, verb, stale):
    nomination = cast.in_approval()
    now = approvals.what_is_signed(cast.session, nomination)
    read = Read("0" * 64, now.tally_digest) if stale == "edition" else Read(now.edition_digest, "")

    refused(
        cast,
        "changed since you read it",
        lambda: approvals.decide(
            cast.session,
            cast.cno,
            nomination,
            verb,
            read,
            password="correct horse battery",
            reason="So.",
            now=cast.now,
        ),
    )


def test_deciding_is_refused(cast):
    nomination = cast.in_approval()
    office = cast.offices[0]
    for person in (cast.nurse, cast.steward):
        office.holders.append(OfficeHolder(person=person))
    cast.nurse.roles = "staff approver"
    cast.session.flush()

    refused(cast, "somebody else signs", lambda: cast.decide(cast.nurse, nomination))
    refused(cast, "do not include “Sign”", lambda: cast.decide(cast.steward, nomination))
    refused(cast, "Sign it, refuse it", lambda: cast.decide(cast.cno, nomination, "retire"))
    refused(cast, "Give a reason to refuse", lambda: cast.decide(cast.cno, nomination, "refuse"))
    refused(cast, "Give a reason to send", lambda: cast.decide(cast.cno, nomination, "send-back"))
    cast.policy.legal_hold = True
    refused(cast, "legal hold", lambda: cast.decide(cast.cno, nomination))


def test_nobody_signs_under_two_offices(cast):
    cast.offices[1].holders.append(OfficeHolder(person=cast.cno))
    cast.session.flush()
    nomination = cast.in_approval()
    cast.decide(cast.cno, nomination)

    refused(cast, "the next office is another's", lambda: cast.decide(cast.cno, nomination))


def test_any_one_holder_signs_for_the_office_unless_disabled(cast):
    stand_in = cast.steward
    stand_in.roles = "staff approver"
    cast.offices[0].holders.append(OfficeHolder(person=stand_in))
    cast.session.flush()
    nomination = cast.in_approval()
    cast.cno.disabled_at = cast.now

    refused(cast, "Your roles do not include “Sign”.", lambda: cast.decide(cast.cno, nomination))
    cast.decide(stand_in, nomination)

    assert stands(cast, nomination)["CNO"]


def test_before_the_count_there_is_nothing_to_sign(cast):
    ballot = cast.on_ballot()

    refused(cast, "no ballot on it was counted", lambda: cast.decide(cast.cno, ballot.nomination))


def test_a_refusal_reaches_voters_and_nominator_with_its_reason(cast):
    nomination = cast.in_approval()

    cast.decide(cast.cno, nomination, "refuse", reason="Security needs the colours.")

    assert (nomination.stage, nomination.answer) == (Stage.KEPT, "Security needs the colours.")
    for person in (cast.nurse, *cast.members):
        letter = cast.letters_to(person)[-1]
        assert "An approver refused" in letter.subject
        assert "Security needs the colours." in letter.body
    assert "colours" not in str(cast.last_entry())


def test_what_is_sent_back_goes_to_compliance_again(cast):
    nomination = cast.in_approval()

    cast.decide(cast.cno, nomination, "send-back", reason="Ask the guards first.")

    assert nomination.stage == Stage.TRIAGE
    assert "Ask the guards first." in cast.letters_to(cast.members[0])[-1].body


def test_a_new_edition_voids_the_signatures_which_stay_on_the_record(cast):
    nomination = cast.in_approval()
    cast.decide(cast.cno, nomination)

    cast.new_edition()

    assert stands(cast, nomination) == {"CNO": False, "CMO": False}
    (void,) = approvals.voided(cast.session, nomination)
    assert void.office.name == "CNO"
    refused(cast, "waits for the signature of the CNO", lambda: cast.decide(cast.cmo, nomination))
    cast.decide(cast.cno, nomination)
    (_, signature), _ = approvals.state(cast.session, nomination)
    assert "newer than the text that the committee voted on" in signature.meaning


def test_a_text_that_comes_back_is_signed_as_it_was(cast):
    nomination, voted_on = cast.in_approval(), cast.policy.current
    cast.decide(cast.cno, nomination)
    cast.new_edition()

    cast.policy.current = voted_on

    assert stands(cast, nomination) == {"CNO": True, "CMO": False}
    assert approvals.voided(cast.session, nomination) == []


def test_a_second_round_starts_without_the_first_ones_signatures(cast):
    nomination = cast.in_approval()
    cast.decide(cast.cno, nomination)
    cast.decide(cast.cmo, nomination, "send-back", reason="Again, please.")
    ballot = cast.on_ballot(nomination)
    cast.vote(ballot, YES, YES, YES)
    cast.now = ballot.closes_at
    ballots.close(cast.session, None, ballot, now=cast.now)

    assert stands(cast, nomination) == {"CNO": False, "CMO": False}
