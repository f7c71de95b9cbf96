"""All tables in one import, for migrations."""

from gross.store import (
    approvals,
    ballots,
    corrections,
    flags,
    imports,
    jobs,
    ledger,
    nominations,
    outbox,
    people,
    policies,
    replays,
    vanished,
)

ALL = (
    approvals,
    ballots,
    corrections,
    flags,
    imports,
    jobs,
    ledger,
    nominations,
    outbox,
    people,
    policies,
    replays,
    vanished,
)
