"""A ballot closes once: carried goes on to approval, too few votes waits, anything else keeps."""

from gross.domain.ballot import why_no_quorum, why_not_carried
from gross.domain.steps.triage import may_go_to_ballot, not_their_own
from gross.domain.workflow import Facts, Role, Stage, Step, all_of


def is_over(facts: Facts) -> str | None:
    if facts.tally is None:
        return "The ballot has no count yet."
    return None if facts.ballot_over else "The ballot is open until its closing time."


def carried(facts: Facts) -> str | None:
    return why_not_carried(facts.tally, facts.rule) if facts.tally else "The ballot has no count."


def lacks_quorum(facts: Facts) -> str | None:
    if facts.tally is None or why_no_quorum(facts.tally, facts.rule) is None:
        return "The ballot has its quorum."
    return None


def not_reopened(facts: Facts) -> str | None:
    return "It was opened again once; a second time is not possible." if facts.reopened else None


_CLOSERS = (Role.CLOCK, Role.COMPLIANCE)

STEPS = (
    *(
        Step("close", Stage.BALLOT, target, role, all_of(is_over, guard), hint="Count the votes.")
        for role in _CLOSERS
        for target, guard in ((Stage.APPROVAL, carried), (Stage.NO_QUORUM, lacks_quorum))
    ),
    *(
        Step("close", Stage.BALLOT, Stage.KEPT, role, is_over, hint="Count the votes.")
        for role in _CLOSERS
    ),
    Step(
        "reopen",
        Stage.NO_QUORUM,
        Stage.BALLOT,
        Role.COMPLIANCE,
        all_of(not_reopened, may_go_to_ballot),
        hint="A new ballot, once.",
    ),
    Step(
        "keep",
        Stage.NO_QUORUM,
        Stage.KEPT,
        Role.COMPLIANCE,
        not_their_own,
        needs_reason=True,
        hint="The policy stays. The nominator reads your reason.",
    ),
)
