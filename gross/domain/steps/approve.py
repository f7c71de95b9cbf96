"""Offices sign in their order; the last signature sets the day of retirement."""

from gross.domain.steps.triage import no_legal_hold, policy_in_force
from gross.domain.workflow import Facts, Role, Stage, Step, all_of


def not_the_nominator(facts: Facts) -> str | None:
    return "You nominated this; somebody else signs." if facts.is_nominator else None


def signs_once(facts: Facts) -> str | None:
    return (
        "You have signed this already; the next office is another's." if facts.has_signed else None
    )


def their_turn(facts: Facts) -> str | None:
    if not facts.offices_left:
        return "No office is left to sign."
    if not facts.holds_next_office:
        return f"It waits for the signature of the {facts.offices_left[0]}."
    return None


def is_last_office(facts: Facts) -> str | None:
    return None if len(facts.offices_left) == 1 else "Other offices sign after this one."


may_sign = all_of(not_the_nominator, signs_once, their_turn, policy_in_force, no_legal_hold)
may_decide = all_of(not_the_nominator, signs_once, their_turn)

STEPS = (
    Step(
        "sign",
        Stage.APPROVAL,
        Stage.SCHEDULED,
        Role.APPROVER,
        all_of(may_sign, is_last_office),
        hint="The last signature: the day of retirement is set.",
    ),
    Step(
        "sign",
        Stage.APPROVAL,
        Stage.APPROVAL,
        Role.APPROVER,
        may_sign,
        hint="You approve the retirement of exactly this text.",
    ),
    Step(
        "refuse",
        Stage.APPROVAL,
        Stage.KEPT,
        Role.APPROVER,
        may_decide,
        needs_reason=True,
        hint="The policy stays. Voters and the nominator read your reason.",
    ),
    Step(
        "send-back",
        Stage.APPROVAL,
        Stage.TRIAGE,
        Role.APPROVER,
        may_decide,
        needs_reason=True,
        hint="Compliance looks at it again. Voters and the nominator read your reason.",
    ),
)
