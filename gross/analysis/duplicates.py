"""Families of policies that say the same: who belongs together, and the proof for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from gross.analysis.types import Kind, Relation


@dataclass(frozen=True, slots=True)
class Family:
    """`members` ascend, `head` is the one most others are copies of; `proofs` join all members."""

    head: int
    members: tuple[int, ...]
    proofs: tuple[Relation, ...]


def families(relations: Iterable[Relation]) -> tuple[Family, ...]:
    """Gather the policies that redundant relations join, largest proof first from the head."""
    near: dict[int, list[Relation]] = defaultdict(list)
    for relation in relations:
        if relation.kind is Kind.REDUNDANT:
            near[relation.a].append(relation)
            near[relation.b].append(relation)
    found = []
    seen: set[int] = set()
    for policy in sorted(near):
        if policy in seen:
            continue
        members = _reached(policy, near)
        seen.update(members)
        head = min(members, key=lambda each: (-_weight(near[each]), each))
        found.append(Family(head, tuple(sorted(members)), _proofs(head, near)))
    return tuple(found)


def family_of(found: Iterable[Family]) -> dict[int, int]:
    """Map each member to its family's head."""
    return {member: family.head for family in found for member in family.members}


def _reached(policy: int, near: dict[int, list[Relation]]) -> set[int]:
    members, todo = {policy}, [policy]
    while todo:
        for relation in near[todo.pop()]:
            for other in (relation.a, relation.b):
                if other not in members:
                    members.add(other)
                    todo.append(other)
    return members


def _weight(relations: list[Relation]) -> float:
    return sum(min(relation.cover) for relation in relations)


def _proofs(head: int, near: dict[int, list[Relation]]) -> tuple[Relation, ...]:
    """One relation for each member but the head: the shortest way there, the closest copy first."""
    reached, ring, proofs = {head}, [head], []
    while ring:
        following = []
        for policy in ring:
            for relation in sorted(
                near[policy], key=lambda each: (-min(each.cover), each.a, each.b)
            ):
                other = relation.b if relation.a == policy else relation.a
                if other not in reached:
                    reached.add(other)
                    following.append(other)
                    proofs.append(relation)
        ring = following
    return tuple(proofs)
