from datetime import timedelta

import pytest

from gross.actions import retirements
from gross.actions.steps import take_step
from gross.domain.workflow import Stage
from tests.actions.cast import make_cast, make_policy
from tests.actions.test_nominations import refused
from tests.conftest import NOW

DAY = timedelta(days=1)


@pytest.fixture
def cast(session):
    return make_cast(session)


def retire(cast, nomination, actor=None):
    return lambda: retirements.retire(cast.session, actor, nomination, now=cast.now)


def test_on_its_day_the_policy_leaves_and_says_what_to_follow(cast):
    successor = make_policy(cast.session, "HR-8", "Badges")

    nomination = cast.retired(successor=successor)

    assert nomination.stage == Stage.RETIRED
    assert nomination.retired_at == cast.policy.retired_at == cast.now
    assert cast.policy.successor is successor
    assert cast.policy.tombstone.endswith("Follow “HR-8 Badges” instead.")
    for person in (cast.nurse, *cast.members):
        assert "is retired" in cast.subjects_to(person)[-1]
    assert "HR-8 Badges" in cast.letters_to(cast.nurse)[-1].body


def test_without_a_successor_the_tombstone_says_so(cast):
    cast.retired()

    day = cast.now.astimezone()
    assert cast.policy.tombstone == (
        f"Retired on {day.day} {day:%B %Y}. No policy takes its place."
    )


def test_it_does_not_retire_before_its_day_nor_twice(cast):
    nomination = cast.scheduled(notice_days=14)
    cast.now += 13 * DAY
    refused(cast, "It retires on", retire(cast, nomination))

    cast.now += DAY
    retire(cast, nomination, cast.steward)()

    refused(cast, "“Retire” is not possible: this nomination is retired", retire(cast, nomination))


def test_retiring_is_refused(cast):
    nomination = cast.scheduled(notice_days=0)

    refused(cast, "Your roles do not include “Retire”.", retire(cast, nomination, cast.reviewer))
    cast.policy.legal_hold = True
    refused(cast, "legal hold", retire(cast, nomination))
    cast.policy.legal_hold = False
    cast.new_edition()
    refused(cast, "text changed after it was signed", retire(cast, nomination, cast.steward))


@pytest.mark.parametrize("who", ["steward", "reviewer"])
def test_a_retirement_called_off_says_why_to_everyone(cast, who):
    nomination = cast.scheduled()

    take_step(cast.session, getattr(cast, who), nomination, "call-off", "A law came.", now=cast.now)

    assert (nomination.stage, nomination.retire_on) == (Stage.KEPT, None)
    for person in (cast.nurse, *cast.members):
        assert "A law came." in cast.letters_to(person)[-1].body


def test_a_changed_text_is_signed_again_before_it_retires(cast):
    nomination = cast.scheduled()
    refused(
        cast,
        "The signatures cover the text in force",
        lambda: take_step(cast.session, cast.steward, nomination, "renew-approval", now=cast.now),
    )
    cast.new_edition()

    take_step(cast.session, cast.steward, nomination, "renew-approval", now=cast.now)
    assert (nomination.stage, nomination.retire_on) == (Stage.APPROVAL, None)
    assert "signed again" in cast.subjects_to(cast.nurse)[-1]
    cast.decide(cast.cno, nomination)
    cast.decide(cast.cmo, nomination)

    assert nomination.stage == Stage.SCHEDULED


def test_the_other_nominations_of_the_policy_get_their_answer(cast):
    waiting, taken, answered = (cast.nominated(cast.steward) for _ in range(3))
    take_step(cast.session, cast.reviewer, taken, "take-up", now=NOW)
    take_step(cast.session, cast.reviewer, answered, "keep", "We need it.", now=NOW)

    nomination = cast.retired()

    for other in (waiting, taken):
        assert other.stage == Stage.DONE
        assert other.answer == f"The policy retired through nomination {nomination.id}."
    assert answered.stage == Stage.KEPT
    assert [s for s in cast.subjects_to(cast.steward) if "is retired" in s] == [
        "“HR-7 Badge Colours” is retired"
    ] * 2


def test_a_successor_that_retired_meanwhile_hands_on(cast):
    last = make_policy(cast.session, "HR-9", "All Badges")
    middle = make_policy(cast.session, "HR-8", "Badges")
    nomination = cast.scheduled(successor=middle, notice_days=0)
    middle.retired_at, middle.tombstone, middle.successor = NOW, "Gone.", last

    retire(cast, nomination)()

    assert cast.policy.successor is last


def test_a_circle_of_successors_ends_in_none(cast):
    other = make_policy(cast.session, "HR-8", "Badges")
    nomination = cast.scheduled(successor=other, notice_days=0)
    other.retired_at, other.tombstone, other.successor = NOW, "Gone.", cast.policy
    cast.session.flush()

    retire(cast, nomination)()

    assert cast.policy.successor is None


def test_the_impact_lists_who_cites_it_by_number_or_title(cast):
    by_number = make_policy(cast.session, "A-1", "One", cites=(("HR 7", ""), ("HR-7", "")))
    by_title = make_policy(cast.session, "A-2", "Two", cites=(("", "badge  colours"),))
    make_policy(cast.session, "A-3", "Three", cites=(("HR-77", "Badge Colours"),))
    make_policy(
        cast.session, "A-4", "Four", cites=(("HR-7", ""),), retired_at=NOW, tombstone="Gone."
    )

    found = retirements.impact(cast.session, cast.policy)

    assert (found.count, found.citing) == (2, (by_number, by_title))


def test_the_impact_lists_twenty_and_counts_all(cast):
    for number in range(23):
        make_policy(cast.session, f"A-{number:02}", "Cites", cites=(("HR-7", ""),))

    found = retirements.impact(cast.session, cast.policy)

    assert (found.count, len(found.citing)) == (23, 20)
