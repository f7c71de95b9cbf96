"""How a committee's ballot is counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Choice(StrEnum):
    RETIRE = "retire"
    KEEP = "keep"
    CHANGE = "change"
    ABSTAIN = "abstain"


NEEDS_RATIONALE = frozenset({Choice.KEEP, Choice.CHANGE})


@dataclass(frozen=True, slots=True)
class Tally:
    """Papers in the box, counted: `retire + keep + change + abstain <= eligible`.

    `eligible` leaves out whoever is recused.
    """

    eligible: int
    retire: int = 0
    keep: int = 0
    change: int = 0
    abstain: int = 0

    @property
    def cast(self) -> int:
        return self.retire + self.keep + self.change + self.abstain

    @property
    def decided(self) -> int:
        return self.retire + self.keep + self.change


@dataclass(frozen=True, slots=True)
class Rule:
    """What a ballot needs. Shares are exact fractions, since 2/3 of 9 is 6 and not 6.000001."""

    quorum: Fraction = Fraction(1, 2)
    threshold: Fraction = Fraction(2, 3)


def count(eligible: int, choices: Iterable[Choice]) -> Tally:
    box = list(choices)
    return Tally(
        eligible,
        retire=box.count(Choice.RETIRE),
        keep=box.count(Choice.KEEP),
        change=box.count(Choice.CHANGE),
        abstain=box.count(Choice.ABSTAIN),
    )


def votes_for_quorum(eligible: int, rule: Rule) -> int:
    """The least number of papers that makes a quorum; at least one."""
    return max(1, -(-rule.quorum.numerator * eligible // rule.quorum.denominator))


def why_no_quorum(tally: Tally, rule: Rule) -> str | None:
    """Say why too few voted, or None. Abstentions count towards the quorum."""
    needed = votes_for_quorum(tally.eligible, rule)
    if tally.cast < needed:
        return f"{tally.cast} of {tally.eligible} voted; the quorum is {needed}."
    return None


def why_not_carried(tally: Tally, rule: Rule) -> str | None:
    """Say why the ballot fails, or None when it carries.

    Abstentions count towards the quorum and not towards the threshold; "change it" is a vote
    against retiring the policy as it stands.
    """
    lacking = why_no_quorum(tally, rule)
    if lacking is not None:
        return lacking
    if tally.decided == 0 or tally.retire < rule.threshold * tally.decided:
        return f"{tally.retire} of {tally.decided} voted to retire; {rule.threshold} is needed."
    return None
