"""A nomination's life: stages, the steps between them, and who may take each step.

Steps live in `domain/steps/`; `steps.ALL` lists them. This module only reads that list.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gross.domain.ballot import Rule, Tally
from gross.domain.errors import Refused


class Stage(StrEnum):
    SUBMITTED = "submitted"
    TRIAGE = "triage"
    BALLOT = "ballot"
    NO_QUORUM = "no quorum"
    APPROVAL = "approval"
    SCHEDULED = "scheduled"
    RETIRED = "retired"
    KEPT = "kept"
    DONE = "done at once"
    WITH_OWNER = "with owner"
    ADVOCACY = "advocacy"
    WITHDRAWN = "withdrawn"


class Role(StrEnum):
    STAFF = "staff"
    COMPLIANCE = "compliance"
    COMMITTEE = "committee"
    APPROVER = "approver"
    STEWARD = "steward"
    AUDITOR = "auditor"
    ADMIN = "admin"
    CLOCK = "clock"  # no person: the step is taken because a date came


PEOPLE = tuple(role for role in Role if role is not Role.CLOCK)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a guard may look at. `actions` gathers it; a guard never asks the database."""

    roles: frozenset[Role]
    today: date
    is_nominator: bool = False
    is_owner: bool = False
    names_policy: bool = True
    policy_retired: bool = False
    other_under_way: bool = False  # another nomination of the policy has a ballot or signatures
    legal_hold: bool = False
    electors: int = 0  # who could vote, were a ballot opened now
    tally: Tally | None = None  # of the newest ballot
    rule: Rule = field(default_factory=Rule)
    ballot_over: bool = False  # its closing time has passed, or everybody has voted
    reopened: bool = False
    offices_left: tuple[str, ...] = ()  # in their order
    holds_next_office: bool = False
    has_signed: bool = False  # under any office of this round
    text_signed: bool = True  # the newest signature covers the edition in force
    retire_on: date | None = None


Guard = Callable[[Facts], str | None]


def always(_: Facts) -> None:
    return None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Several guards as one: the first objection stands."""

    guards: tuple[Guard, ...]

    def __call__(self, facts: Facts) -> str | None:
        return next((said for guard in self.guards if (said := guard(facts)) is not None), None)


def all_of(*guards: Guard) -> AllOf:
    return AllOf(tuple(part for guard in guards for part in parts(guard)))


def parts(guard: Guard) -> tuple[Guard, ...]:
    """The single guards that a guard is made of."""
    return guard.guards if isinstance(guard, AllOf) else (guard,)


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table: `verb` leads from `source` to `target` unless `guard` objects.

    `says` is what the button says; `hint` is what it means for the people concerned.
    """

    verb: str
    source: Stage
    target: Stage
    role: Role
    guard: Guard = always
    needs_reason: bool = False
    hint: str = ""

    @property
    def says(self) -> str:
        return self.verb.replace("-", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Offer:
    """A step as a button: live when `refusal` is None, else grey with the refusal beside it."""

    step: Step
    refusal: str | None


def offers(steps: Iterable[Step], stage: Stage, facts: Facts) -> dict[str, Offer]:
    """Map each verb that these roles reach from `stage` to its offer.

    Where a verb has several rows, the first without an objection stands, else the last one.
    """
    found: dict[str, Offer] = {}
    for step in steps:
        if step.source is stage and step.role in facts.roles:
            earlier = found.get(step.verb)
            if earlier is None or earlier.refusal is not None:
                found[step.verb] = Offer(step, step.guard(facts))
    return found


def choose(steps: Collection[Step], stage: Stage, verb: str, facts: Facts) -> Step:
    """Find the step that `verb` takes.

    Raises:
        Refused: nothing offers `verb` here, or its guard objects.
    """
    offer = offers(steps, stage, facts).get(verb)
    if offer is None:
        asked = verb.replace("-", " ").capitalize()
        if any((step.source, step.verb) == (stage, verb) for step in steps):
            raise Refused(f"Your roles do not include “{asked}”.")
        raise Refused(f"“{asked}” is not possible: this nomination is {stage}.")
    if offer.refusal is not None:
        raise Refused(offer.refusal)
    return offer.step
