"""All tables in one import, for migrations."""

from gross.store import (
    approvals,
    ballots,
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
