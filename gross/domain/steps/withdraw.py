"""Whoever nominated may take it back until the ballot opens."""

from gross.domain.workflow import Facts, Role, Stage, Step


def is_theirs(facts: Facts) -> str | None:
    return None if facts.is_nominator else "Only the person who nominated it may withdraw it."


STEPS = tuple(
    Step(
        "withdraw",
        source,
        Stage.WITHDRAWN,
        Role.STAFF,
        is_theirs,
        hint="Take your nomination back.",
    )
    for source in (Stage.SUBMITTED, Stage.TRIAGE)
)
