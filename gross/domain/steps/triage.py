"""Compliance answers a nomination: a ballot, or one of the answers of the field, with a reason."""

from gross.domain.workflow import Facts, Role, Stage, Step, all_of


def not_their_own(facts: Facts) -> str | None:
    return "You nominated this; somebody else decides on it." if facts.is_nominator else None


def names_a_policy(facts: Facts) -> str | None:
    return None if facts.names_policy else "Say which policy it is about first."


def policy_in_force(facts: Facts) -> str | None:
    return "The policy is already retired." if facts.policy_retired else None


def no_legal_hold(facts: Facts) -> str | None:
    return "The policy is under a legal hold." if facts.legal_hold else None


def none_under_way(facts: Facts) -> str | None:
    if facts.other_under_way:
        return "Another nomination of this policy is already being decided."
    return None


def somebody_votes(facts: Facts) -> str | None:
    return None if facts.electors else "Nobody on the committee could vote on this."


may_go_to_ballot = all_of(
    not_their_own, names_a_policy, policy_in_force, no_legal_hold, none_under_way, somebody_votes
)
_OPEN = (Stage.SUBMITTED, Stage.TRIAGE)
_ANSWERS = (
    ("keep", Stage.KEPT, "The policy stays. The nominator reads your reason."),
    ("do-at-once", Stage.DONE, "It was mended on the spot; say what was done."),
    ("pass-to-owner", Stage.WITH_OWNER, "The owner revises it; say what to change."),
    ("advocate", Stage.ADVOCACY, "The rule is outside our walls; say whose it is."),
)

STEPS = (
    Step(
        "take-up",
        Stage.SUBMITTED,
        Stage.TRIAGE,
        Role.COMPLIANCE,
        not_their_own,
        hint="Tell the nominator that you are looking at it.",
    ),
    *(
        Step(
            "send-to-ballot",
            source,
            Stage.BALLOT,
            Role.COMPLIANCE,
            may_go_to_ballot,
            hint="The committee votes.",
        )
        for source in _OPEN
    ),
    *(
        Step(verb, source, target, Role.COMPLIANCE, not_their_own, needs_reason=True, hint=hint)
        for verb, target, hint in _ANSWERS
        for source in _OPEN
    ),
)
