"""All tables in one import, for migrations."""

from gross.store import (
    approvals,
    ballots,
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
)

ALL = (
    approvals,
    ballots,
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
)
