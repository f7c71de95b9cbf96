"""How a committee's ballot is counted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Choice(StrEnum):
    RETIRE = "retire"
    KEEP = "keep"
    CHANGE = "change"
    ABSTAIN = "abstain"


LARGEST_DENOMINATOR = 1000
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
    if 2 * tally.retire == tally.decided:
        return f"{tally.retire} of {tally.decided} voted to retire; a tie keeps the policy."
    return None


def why_not_a_rule(rule: Rule) -> str | None:
    """Say why no ballot may be held by `rule`, or None.

    A quorum above all of the electorate could never be met; a threshold below half would let the
    fewer decide.
    """
    if not 0 < rule.quorum <= 1:
        return "The quorum is a share of the electorate: more than none, and at most all."
    if not Fraction(1, 2) <= rule.threshold <= 1:
        return "The threshold is a share of the votes: at least half, and at most all."
    if max(rule.quorum.denominator, rule.threshold.denominator) > LARGEST_DENOMINATOR:
        return "Give quorum and threshold as simple shares, such as 1/2 or 2/3."
    return None


def sentence(tally: Tally, rule: Rule) -> str:
    """The result as the closed ballot says it."""
    lacking = why_no_quorum(tally, rule)
    if lacking is not None:
        return f"No quorum: {lacking}"
    against = why_not_carried(tally, rule)
    if against is not None:
        return f"Not carried: {against}"
    needed = f"{rule.threshold} was needed"
    return f"Carried: {tally.retire} of {tally.decided} voted to retire; {needed}."


@dataclass(frozen=True, slots=True)
class Count:
    """A closed ballot's outcome, whole: what a signature covers besides the text.

    `roll`: every elector's person id with the choice, "recused", or "" for no vote.
    """

    ballot: int
    edition: str  # hexadecimal SHA-256 of the text that was voted on
    rule: Rule
    tally: Tally
    roll: tuple[tuple[int, str], ...]


def canonical(count: Count) -> str:
    """One text for one count: JSON with sorted keys and no spaces."""
    tally = count.tally
    return json.dumps(
        {
            "ballot": count.ballot,
            "edition": count.edition,
            "quorum": str(count.rule.quorum),
            "threshold": str(count.rule.threshold),
            "eligible": tally.eligible,
            **{choice: getattr(tally, choice) for choice in Choice},
            "roll": sorted(count.roll),
        },
        sort_keys=True,
        separators=(",", ":"),
    )


def read_tally(text: str) -> Tally:
    """Take the numbers out of what `canonical` wrote."""
    said = json.loads(text)
    return Tally(said["eligible"], *(said[choice] for choice in Choice))


def digest(text: str) -> str:
    """Hexadecimal SHA-256 of a canonical count."""
    return hashlib.sha256(text.encode()).hexdigest()
