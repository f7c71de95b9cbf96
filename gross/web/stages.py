"""A nomination's stage in words and as a small picture of the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gross.domain.workflow import Stage
from gross.store.nominations import Nomination
from gross.web.drawing import count

REPLY_DAYS = 14  # within which compliance answers; a promise, shown to both sides
WAY = (
    (Stage.SUBMITTED, "Nominated"),
    (Stage.TRIAGE, "Triage"),
    (Stage.BALLOT, "Ballot"),
    (Stage.APPROVAL, "Approval"),
    (Stage.SCHEDULED, "Scheduled"),
    (Stage.RETIRED, "Retired"),
)
SENTENCES = {
    Stage.SUBMITTED: "Compliance has not looked at it yet.",
    Stage.TRIAGE: "Compliance is looking at it.",
    Stage.BALLOT: "The committee is voting on it.",
    Stage.NO_QUORUM: "Too few people voted. Compliance decides whether to ask once more.",
    Stage.APPROVAL: "The committee voted to retire it. It waits for signatures.",
    Stage.SCHEDULED: "It is voted and signed. It retires on its day.",
    Stage.RETIRED: "It is retired. Nobody has to follow it any more.",
    Stage.KEPT: "It stays.",
    Stage.DONE: "It was mended on the spot.",
    Stage.WITH_OWNER: "Its owner is asked to revise it.",
    Stage.ADVOCACY: "The rule comes from outside; we say so to those who make it.",
    Stage.WITHDRAWN: "The nominator took it back.",
}
ENDED = frozenset({Stage.KEPT, Stage.DONE, Stage.WITH_OWNER, Stage.ADVOCACY, Stage.WITHDRAWN})
_PAST = {Stage.NO_QUORUM: Stage.BALLOT}


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the way. `state` is "done", "now" or "ahead"."""

    name: str
    state: str


def stops(stage: Stage, *, voted: bool, signed: bool) -> list[Stop]:
    """Draw the way; one that ended early shows how far it came, and its end instead of the rest."""
    names = [name for _, name in WAY]
    if stage in ENDED:
        came = 4 if signed else 3 if voted else 1 if stage is Stage.WITHDRAWN else 2
        return [Stop(name, "done") for name in names[:came]] + [Stop(label(stage), "now")]
    here = [at for at, _ in WAY].index(_PAST.get(stage, stage))
    states = ["done"] * here + ["now"] + ["ahead"] * (len(names) - here - 1)
    return [Stop(name, state) for name, state in zip(names, states, strict=True)]


def label(stage: Stage) -> str:
    return "Nominated" if stage is Stage.SUBMITTED else stage.value.capitalize()


def reply_clock(nomination: Nomination, *, now: datetime) -> str:
    """How long the first reply may still take, or ""; it stops when compliance takes it up."""
    if nomination.stage != Stage.SUBMITTED:
        return ""
    left = nomination.submitted_at + timedelta(days=REPLY_DAYS) - now
    if left < timedelta(0):
        return f"reply {count(-left.days, 'day')} late"
    return f"reply due in {count(left.days, 'day')}" if left.days else "reply due today"
