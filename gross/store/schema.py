"""All tables in one import, for migrations."""

from gross.store import (
    approvals,
    ballots,
    corrections,
    detectors,
    flags,
    imports,
    jobs,
    ledger,
    measures,
    nominations,
    outbox,
    people,
    policies,
    replays,
    terms,
    vanished,
)

ALL = (
    approvals,
    ballots,
    corrections,
    detectors,
    flags,
    imports,
    jobs,
    ledger,
    measures,
    nominations,
    outbox,
    people,
    policies,
    replays,
    vanished,
    terms,
)
