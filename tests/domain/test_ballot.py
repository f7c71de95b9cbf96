from fractions import Fraction

import pytest

from gross.domain.ballot import (
    Choice,
    Count,
    Rule,
    Tally,
    canonical,
    count,
    digest,
    read_tally,
    sentence,
    votes_for_quorum,
    why_no_quorum,
    why_not_a_rule,
    why_not_carried,
)

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
RULE = Rule(HALF, TWO_THIRDS)
# A promise to whoever kept a signature: what it covers is written the same way for ever.
FROZEN = (
    '{"abstain":0,"ballot":7,"change":0,"edition":"ab","eligible":3,"keep":1,"quorum":"1/2",'
    '"retire":2,"roll":[[1,"retire"],[2,"retire"],[3,"keep"],[9,"recused"]],"threshold":"2/3"}'
)


@pytest.mark.parametrize(
    ("tally", "rule", "why_not"),
    [
        pytest.param(Tally(9, retire=6, keep=3), RULE, None, id="exactly two thirds of nine"),
        pytest.param(
            Tally(9, retire=5, keep=3), RULE, "5 of 8 voted to retire; 2/3 is needed.", id="short"
        ),
        pytest.param(Tally(9, retire=4), RULE, "4 of 9 voted; the quorum is 5.", id="four of nine"),
        pytest.param(Tally(9, retire=5), RULE, None, id="five of nine"),
        pytest.param(Tally(10, retire=4, keep=1), RULE, None, id="half is a quorum"),
        pytest.param(
            Tally(10, retire=2, keep=1, abstain=2), RULE, None, id="abstentions fill the quorum"
        ),
        pytest.param(
            Tally(4, abstain=4), RULE, "0 of 0 voted to retire; 2/3 is needed.", id="none decided"
        ),
        pytest.param(
            Tally(9, retire=4, keep=1, change=1), RULE, None, id="two thirds against two kinds"
        ),
        pytest.param(
            Tally(9, retire=4, keep=1, change=2),
            RULE,
            "4 of 7 voted to retire; 2/3 is needed.",
            id="change it is against",
        ),
        pytest.param(
            Tally(4, retire=2, keep=1, change=1),
            Rule(HALF, HALF),
            "2 of 4 voted to retire; a tie keeps the policy.",
            id="a tie",
        ),
        pytest.param(Tally(5, retire=3, keep=2), Rule(HALF, HALF), None, id="just no tie"),
        pytest.param(Tally(0), RULE, "0 of 0 voted; the quorum is 1.", id="nobody is left"),
        pytest.param(Tally(3, retire=3), Rule(Fraction(1), Fraction(1)), None, id="all of all"),
        pytest.param(
            Tally(3, retire=2),
            Rule(Fraction(1), Fraction(1)),
            "2 of 3 voted; the quorum is 3.",
            id="one is missing",
        ),
    ],
)
def test_a_ballot_carries_or_says_why_not(tally, rule, why_not):
    assert why_not_carried(tally, rule) == why_not


@pytest.mark.parametrize(
    ("eligible", "quorum", "needed"),
    [(9, HALF, 5), (10, HALF, 5), (3, Fraction(1), 3), (100, Fraction(1, 100), 1), (0, HALF, 1)],
)
def test_the_quorum_is_rounded_up_and_never_nobody(eligible, quorum, needed):
    assert votes_for_quorum(eligible, Rule(quorum)) == needed


def test_a_quorum_is_met_at_its_number():
    assert why_no_quorum(Tally(9, abstain=5), RULE) is None
    assert why_no_quorum(Tally(9, abstain=4), RULE) == "4 of 9 voted; the quorum is 5."


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (RULE, None),
        (Rule(Fraction(1), Fraction(1)), None),
        (Rule(Fraction(1, 1000), HALF), None),
        (Rule(Fraction(0), HALF), "more than none"),
        (Rule(Fraction(1001, 1000), HALF), "at most all"),
        (Rule(HALF, Fraction(499, 1000)), "at least half"),
        (Rule(HALF, Fraction(1001, 1000)), "at most all"),
        (Rule(Fraction(1, 1001), HALF), "simple shares"),
        (Rule(HALF, Fraction(1000, 1001)), "simple shares"),
    ],
    ids=str,
)
def test_a_rule_that_no_ballot_may_be_held_by(rule, says):
    said = why_not_a_rule(rule)

    assert said is None if says is None else says in said


def test_papers_are_counted_by_choice():
    papers = [*[Choice.RETIRE] * 4, *[Choice.KEEP] * 3, *[Choice.CHANGE] * 2, Choice.ABSTAIN]

    tally = count(12, papers)

    assert tally == Tally(12, retire=4, keep=3, change=2, abstain=1)
    assert (tally.cast, tally.decided) == (10, 9)


@pytest.mark.parametrize(
    ("tally", "says"),
    [
        (Tally(3, retire=2, keep=1), "Carried: 2 of 3 voted to retire; 2/3 was needed."),
        (Tally(3, retire=1, keep=1), "Not carried: 1 of 2 voted to retire; 2/3 is needed."),
        (Tally(3, retire=1), "No quorum: 1 of 3 voted; the quorum is 2."),
    ],
)
def test_a_closed_ballot_says_its_result(tally, says):
    assert sentence(tally, RULE) == says


def test_a_count_is_written_one_way_and_read_back():
    roll = ((9, "recused"), (3, "keep"), (1, "retire"), (2, "retire"))
    whole = Count(7, "ab", RULE, Tally(3, retire=2, keep=1), roll)

    assert canonical(whole) == FROZEN
    assert read_tally(FROZEN) == whole.tally
    assert digest(FROZEN) == "3a24a325aa1868e03e5b24289ee0caae1edd90e819ddb006bf121d8d282d891a"
