"""Clusters: who stands with whom, what stays, and what comes first."""

from __future__ import annotations

import random

import pytest

from gross.analysis.clusters import MOST_TOGETHER, Member, Tie, clusters
from gross.analysis.obligations import obligations
from gross.analysis.types import Kind

R, C, O, X = Kind.REDUNDANT, Kind.CONTAINED, Kind.OVERLAPPING, Kind.CONFLICTING  # noqa: E741


def of(*ties, **words):
    sizes = {int(name[1:]): Member(size) for name, size in words.items()}
    return clusters([Tie(number, *tie) for number, tie in enumerate(ties, 1)], sizes)


def test_policies_that_flags_tie_stand_together_and_others_apart():
    found = of((R, (1, 2)), (O, (2, 3)), (X, (8, 9)))
    assert {frozenset(each.policies) for each in found} == {
        frozenset((1, 2, 3)),
        frozenset((8, 9)),
    }
    assert sorted(each.flags for each in found) == [(1, 2), (3,)]


def test_kinds_that_tie_nothing_and_flags_on_one_policy_make_no_cluster():
    assert of((Kind.OUTDATED, (1, 2)), (R, (3,)), (Kind.BURDENSOME, (4, 5))) == ()


def test_what_most_others_stand_in_stays():
    (found,) = of((C, (1, 3)), (C, (2, 3)), (O, (3, 4)))
    assert found.primary == 3
    assert found.copies == (1, 2)
    assert found.policies == (3, 1, 2, 4)


def test_of_equal_copies_the_one_reviewed_last_stays():
    ties = [Tie(1, R, (1, 2))]
    old, new = Member(100, "2019-04"), Member(90, "2024")
    (found,) = clusters(ties, {1: old, 2: new})
    assert (found.primary, found.copies, found.words) == (2, (1,), 100)


def test_a_copy_of_what_stands_inside_stands_inside_too():
    (found,) = of((R, (1, 2)), (C, (1, 3)))
    assert (found.primary, found.copies) == (3, (1, 2))


def test_sharing_a_passage_or_a_conflict_makes_no_copy():
    (found,) = of((O, (1, 2)), (X, (1, 2)), w1=500, w2=400)
    assert (found.copies, found.words) == ((), 0)
    assert found.kinds == {"overlapping": 1, "conflicting": 1}


def test_most_words_to_go_come_first_then_conflicts():
    found = of((R, (1, 2)), (R, (3, 4)), (O, (5, 6)), (X, (7, 8)), w1=9, w2=9, w3=50, w4=50)
    assert [each.address for each in found] == [3, 1, 7, 5]


def test_a_long_chain_of_weak_ties_is_parted_and_no_flag_is_lost():
    blocks = [range(first, first + 20) for first in range(0, 100, 20)]
    ties = [(O, (a, b)) for block in blocks for a in block for b in block if a < b]
    ties += [(O, (block[-1], block[-1] + 1)) for block in blocks[:-1]]
    found = of(*ties)
    assert {frozenset(each.policies) for each in found} == set(map(frozenset, blocks))
    assert sorted(flag for each in found for flag in each.flags) == list(range(1, len(ties) + 1))


def test_a_family_of_copies_is_never_parted():
    family = tuple(range(1, 3 * MOST_TOGETHER))
    chain = [(O, (number, number + 1)) for number in range(3 * MOST_TOGETHER, 4 * MOST_TOGETHER)]
    found = of((R, family), (O, (1, 3 * MOST_TOGETHER)), *chain)
    assert sum(set(family) <= set(each.policies) for each in found) == 1


@pytest.mark.parametrize("seed", range(5))
def test_the_same_flags_in_any_order_give_the_same_clusters(seed):
    picked = random.Random(seed)
    ties = [
        Tie(number, picked.choice((R, C, O, X)), tuple(picked.sample(range(120), 2)))
        for number in range(200)
    ]
    shuffled = picked.sample(ties, len(ties))
    assert {c.policies for c in clusters(ties, {})} == {c.policies for c in clusters(shuffled, {})}


def test_every_policy_stands_in_one_cluster():
    picked = random.Random(11)
    ties = [Tie(number, O, tuple(picked.sample(range(300), 2))) for number in range(400)]
    seen = [policy for each in clusters(ties, {}) for policy in each.policies]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Staff must wash. They shall dry. It is nice.", 2),
        ("Managers are required to sign;\nnurses are responsible for the log", 2),
        ("You must and shall do it.", 1),
        ("The mustard is shallow. MUST we?", 1),
    ],
)
def test_obligations_are_counted_by_the_sentence(text, count):
    assert obligations(text) == count
