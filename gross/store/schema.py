"""All tables in one import, for migrations."""

from gross.store import (
    approvals,
    ballots,
    detectors,
    flags,
    imports,
    jobs,
    ledger,
    nominations,
    outbox,
    people,
    policies,
    replays,
)

ALL = (
    approvals,
    ballots,
    detectors,
    flags,
    imports,
    jobs,
    ledger,
    nominations,
    outbox,
    people,
    policies,
    replays,
)
