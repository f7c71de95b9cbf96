"""Every row of the table, taken and refused; and each guard, whose removal these cases notice."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from gross.domain import steps
from gross.domain.ballot import Tally
from gross.domain.errors import Refused
from gross.domain.workflow import Facts, Role, Stage, Step, all_of, always, choose, offers, parts

TODAY = date(2026, 11, 23)
CARRIED, TIED, FEW = Tally(9, retire=8, keep=1), Tally(4, retire=2, keep=2), Tally(9, retire=4)
OPEN = (Stage.SUBMITTED, Stage.TRIAGE)

OWN = ({"is_nominator": True}, "You nominated this; somebody else decides on it.")
RETIRED = ({"policy_retired": True}, "The policy is already retired.")
HELD = ({"legal_hold": True}, "The policy is under a legal hold.")
TO_BALLOT = (
    OWN,
    ({"names_policy": False}, "Say which policy it is about first."),
    RETIRED,
    HELD,
    ({"other_under_way": True}, "Another nomination of this policy is already being decided."),
    ({"electors": 0}, "Nobody on the committee could vote on this."),
)
DECIDING = (
    ({"is_nominator": True}, "You nominated this; somebody else signs."),
    ({"has_signed": True}, "You have signed this already; the next office is another's."),
    ({"offices_left": ()}, "No office is left to sign."),
    ({"holds_next_office": False}, "It waits for the signature of the CNO."),
)
RETIRING = (
    ({"retire_on": None}, "No retirement day is set."),
    ({"retire_on": TODAY + timedelta(days=1)}, "It retires on 24 November 2026."),
    RETIRED,
    HELD,
    (
        {"text_signed": False},
        "The policy's text changed after it was signed; call it off or renew the approval.",
    ),
)
CLOSING = (
    ({"tally": None}, "The ballot has no count yet."),
    ({"ballot_over": False}, "The ballot is open until its closing time."),
)
VOTABLE = {"electors": 1}
OVER = {"tally": CARRIED, "ballot_over": True}
SIGNABLE = {"offices_left": ("CNO", "CMO"), "holds_next_office": True}
LAST = SIGNABLE | {"offices_left": ("CNO",)}


@dataclass(frozen=True)
class Way:
    """Where a verb leads under facts that allow it, and what stops it."""

    role: Role
    source: Stage
    verb: str
    target: Stage
    known: dict
    stopped_by: tuple = ()

    @property
    def facts(self) -> Facts:
        return Facts(roles=frozenset({self.role}), today=TODAY, **self.known)


WAYS = (
    Way(Role.COMPLIANCE, Stage.SUBMITTED, "take-up", Stage.TRIAGE, {}, (OWN,)),
    *(
        Way(Role.COMPLIANCE, source, "send-to-ballot", Stage.BALLOT, VOTABLE, TO_BALLOT)
        for source in OPEN
    ),
    *(
        Way(Role.COMPLIANCE, source, verb, target, {}, (OWN,))
        for source in OPEN
        for verb, target in (
            ("keep", Stage.KEPT),
            ("do-at-once", Stage.DONE),
            ("pass-to-owner", Stage.WITH_OWNER),
            ("advocate", Stage.ADVOCACY),
        )
    ),
    *(
        Way(
            Role.STAFF,
            source,
            "withdraw",
            Stage.WITHDRAWN,
            {"is_nominator": True},
            (({"is_nominator": False}, "Only the person who nominated it may withdraw it."),),
        )
        for source in OPEN
    ),
    *(
        Way(role, Stage.BALLOT, "close", target, OVER | {"tally": tally}, CLOSING)
        for role in (Role.CLOCK, Role.COMPLIANCE)
        for target, tally in (
            (Stage.APPROVAL, CARRIED),
            (Stage.KEPT, TIED),
            (Stage.NO_QUORUM, FEW),
        )
    ),
    Way(
        Role.COMPLIANCE,
        Stage.NO_QUORUM,
        "reopen",
        Stage.BALLOT,
        VOTABLE,
        (
            ({"reopened": True}, "It was opened again once; a second time is not possible."),
            *TO_BALLOT,
        ),
    ),
    Way(Role.COMPLIANCE, Stage.NO_QUORUM, "keep", Stage.KEPT, {}, (OWN,)),
    *(
        Way(Role.APPROVER, Stage.APPROVAL, "sign", target, known, (*DECIDING, RETIRED, HELD))
        for target, known in ((Stage.APPROVAL, SIGNABLE), (Stage.SCHEDULED, LAST))
    ),
    *(
        Way(Role.APPROVER, Stage.APPROVAL, verb, target, SIGNABLE, DECIDING)
        for verb, target in (("refuse", Stage.KEPT), ("send-back", Stage.TRIAGE))
    ),
    *(
        Way(role, Stage.SCHEDULED, "retire", Stage.RETIRED, {"retire_on": TODAY}, RETIRING)
        for role in (Role.CLOCK, Role.STEWARD)
    ),
    *(
        Way(role, Stage.SCHEDULED, "call-off", Stage.KEPT, {})
        for role in (Role.STEWARD, Role.COMPLIANCE)
    ),
    *(
        Way(
            role,
            Stage.SCHEDULED,
            "renew-approval",
            Stage.APPROVAL,
            {"text_signed": False},
            (({"text_signed": True}, "The signatures cover the text in force."),),
        )
        for role in (Role.CLOCK, Role.STEWARD, Role.COMPLIANCE)
    ),
    *(
        Way(
            Role.CLOCK,
            source,
            "close-with-policy",
            Stage.DONE,
            {"policy_retired": True},
            (({"policy_retired": False}, "The policy is in force."),),
        )
        for source in OPEN
    ),
)


def outcome(table, way, facts):
    """Where the verb leads, or the sentence that stops it."""
    try:
        return choose(table, way.source, way.verb, facts).target
    except Refused as refusal:
        return str(refusal)


def named(way):
    return f"{way.role}, {way.source}: {way.verb} to {way.target}"


def broken(way):
    return [(replace(way.facts, **change), says) for change, says in way.stopped_by]


@pytest.mark.parametrize("way", WAYS, ids=named)
def test_a_step_leads_to(way):
    assert outcome(steps.ALL, way, way.facts) is way.target


@pytest.mark.parametrize(
    ("way", "facts", "says"),
    [(way, *stop) for way in WAYS for stop in broken(way)],
    ids=lambda it: named(it) if isinstance(it, Way) else "",
)
def test_a_step_is_stopped_by(way, facts, says):
    assert outcome(steps.ALL, way, facts) == says


def test_the_ways_are_all_rows_and_no_others():
    rows = Counter((step.role, step.source, step.verb, step.target) for step in steps.ALL)
    ways = Counter((way.role, way.source, way.verb, way.target) for way in WAYS)

    assert ways == rows
    assert set(rows.values()) == {1}


def without(row: Step, guard) -> tuple[Step, ...]:
    """The table as it would be had somebody removed `guard` from `row`."""
    left = [part for part in parts(row.guard) if part is not guard]
    return tuple(replace(step, guard=all_of(*left)) if step is row else step for step in steps.ALL)


GUARDS = [(row, guard) for row in steps.ALL for guard in parts(row.guard) if guard is not always]


@pytest.mark.parametrize(
    ("row", "guard"),
    GUARDS,
    ids=[f"{row.role} {row.source} {row.verb} {row.target} {g.__name__}" for row, g in GUARDS],
)
def test_each_guard_that_is_removed_is_noticed(row, guard):
    table = without(row, guard)
    cases = [
        (way, facts, wanted)
        for way in WAYS
        for facts, wanted in ((way.facts, way.target), *broken(way))
    ]

    assert any(outcome(table, way, facts) != wanted for way, facts, wanted in cases)


@pytest.mark.parametrize("way", WAYS, ids=named)
def test_no_other_role_takes_a_step(way):
    allowed = {
        step.role for step in steps.ALL if (step.source, step.verb) == (way.source, way.verb)
    }

    for role in set(Role) - allowed:
        facts = replace(way.facts, roles=frozenset({role}))
        assert outcome(steps.ALL, way, facts) == (
            f"Your roles do not include “{way.verb.replace('-', ' ').capitalize()}”."
        )


def test_auditors_and_administrators_have_no_step_at_all():
    assert not {Role.AUDITOR, Role.ADMIN} & {step.role for step in steps.ALL}


def test_each_stage_is_reached_and_each_open_stage_is_left():
    ends = {
        Stage.RETIRED,
        Stage.KEPT,
        Stage.DONE,
        Stage.WITH_OWNER,
        Stage.ADVOCACY,
        Stage.WITHDRAWN,
    }

    assert {step.target for step in steps.ALL} | {Stage.SUBMITTED} == set(Stage)
    assert {step.source for step in steps.ALL} == set(Stage) - ends


def test_every_stage_can_be_reached_from_the_first():
    reached, found = {Stage.SUBMITTED}, 0
    while len(reached) > found:
        found = len(reached)
        reached |= {step.target for step in steps.ALL if step.source in reached}

    assert reached == set(Stage)


@pytest.mark.parametrize(
    "verb",
    ["keep", "do-at-once", "pass-to-owner", "advocate", "refuse", "send-back", "call-off"],
)
def test_what_disappoints_somebody_needs_a_reason(verb):
    rows = [step for step in steps.ALL if step.verb == verb]

    assert rows
    assert all(step.needs_reason for step in rows)


def test_every_step_says_what_it_means_for_people():
    assert [step.verb for step in steps.ALL if not step.hint] == []
    assert {step.says for step in steps.ALL if step.verb == "send-to-ballot"} == {"Send to ballot"}


def test_a_grey_button_says_why_and_a_role_without_a_row_has_none():
    facts = Facts(roles=frozenset({Role.COMPLIANCE}), today=TODAY, legal_hold=True, electors=3)

    found = offers(steps.ALL, Stage.SUBMITTED, facts)

    assert found["send-to-ballot"].refusal == "The policy is under a legal hold."
    assert found["keep"].refusal is None
    assert offers(steps.ALL, Stage.RETIRED, facts) == {}


def test_of_several_rows_the_first_without_an_objection_stands_and_else_the_last():
    def no(_):
        return "first"

    def neither(_):
        return "second"

    facts = Facts(roles=frozenset({Role.STAFF}), today=TODAY)
    rows = [
        Step("go", Stage.SUBMITTED, Stage.TRIAGE, Role.STAFF, no),
        Step("go", Stage.SUBMITTED, Stage.KEPT, Role.STAFF),
        Step("go", Stage.SUBMITTED, Stage.DONE, Role.STAFF),
    ]

    assert choose(rows, Stage.SUBMITTED, "go", facts).target is Stage.KEPT
    stopped = [rows[0], replace(rows[1], guard=neither)]
    assert offers(stopped, Stage.SUBMITTED, facts)["go"].refusal == "second"


def test_a_retirement_is_due_on_its_day_and_after():
    for days in (0, 1):
        facts = Facts(
            roles=frozenset({Role.CLOCK}), today=TODAY, retire_on=TODAY - timedelta(days=days)
        )
        assert choose(steps.ALL, Stage.SCHEDULED, "retire", facts).target is Stage.RETIRED
