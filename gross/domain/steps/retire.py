"""The policy leaves the library on its day, and takes what else was asked of it along."""

from gross.domain.calendar import day
from gross.domain.steps.triage import no_legal_hold, policy_in_force
from gross.domain.workflow import Facts, Role, Stage, Step, all_of


def day_has_come(facts: Facts) -> str | None:
    if facts.retire_on is None:
        return "No retirement day is set."
    if facts.retire_on > facts.today:
        return f"It retires on {day(facts.retire_on)}."
    return None


def text_was_signed(facts: Facts) -> str | None:
    if facts.text_signed:
        return None
    return "The policy's text changed after it was signed; call it off or renew the approval."


def text_changed(facts: Facts) -> str | None:
    return "The signatures cover the text in force." if facts.text_signed else None


def policy_is_retired(facts: Facts) -> str | None:
    return None if facts.policy_retired else "The policy is in force."


may_retire = all_of(day_has_come, policy_in_force, no_legal_hold, text_was_signed)

STEPS = (
    *(
        Step(
            "retire",
            Stage.SCHEDULED,
            Stage.RETIRED,
            role,
            may_retire,
            hint="Out of force from now on; a tombstone says what to follow.",
        )
        for role in (Role.CLOCK, Role.STEWARD)
    ),
    *(
        Step(
            "call-off",
            Stage.SCHEDULED,
            Stage.KEPT,
            role,
            needs_reason=True,
            hint="The policy stays. Everyone concerned reads your reason.",
        )
        for role in (Role.STEWARD, Role.COMPLIANCE)
    ),
    *(
        Step(
            "renew-approval",
            Stage.SCHEDULED,
            Stage.APPROVAL,
            role,
            text_changed,
            hint="The text changed after it was signed: every office is asked again.",
        )
        for role in (Role.CLOCK, Role.STEWARD, Role.COMPLIANCE)
    ),
    *(
        Step(
            "close-with-policy",
            source,
            Stage.DONE,
            Role.CLOCK,
            policy_is_retired,
            hint="The policy retired through another nomination; this one is answered by it.",
        )
        for source in (Stage.SUBMITTED, Stage.TRIAGE)
    ),
)
