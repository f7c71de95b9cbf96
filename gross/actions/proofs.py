"""Proof of one decision: its ledger entries, each shown to be in the ledger's Merkle tree."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from gross.domain.errors import Refused
from gross.domain.merkle import consistency, inclusion, root
from gross.store import ballots, ledger
from gross.store.nominations import Nomination


def tree_head(session: Session) -> tuple[int, str]:
    """How many entries the ledger has, and the root of the tree over them; O(entries)."""
    leaves = ledger.leaves(session)
    return len(leaves), root(leaves).hex()


def of_decision(session: Session, nomination: Nomination, *, since: int = 0) -> dict[str, Any]:
    """What `gross/verifier.py` checks of a decision; O(entries) for the tree, once.

    `since` is the size of a ledger whose root was kept: with it comes the proof that the ledger
    grew from that one. Votes of a ballot that is still open stay closed: their texts are left out.

    Raises:
        Refused: the ledger never had `since` entries.
    """
    leaves = ledger.leaves(session)
    if not 0 <= since <= len(leaves):
        raise Refused(f"The ledger has {len(leaves):,} entries, so no root of {since:,} was kept.")
    held = ballots.of(session, nomination)
    subjects = [f"nomination:{nomination.id}", *(f"ballot:{ballot.id}" for ballot in held)]
    still_open = {f"ballot:{ballot.id}" for ballot in held if ballot.closed_at is None}
    rows = ledger.about(session, subjects)
    paths = inclusion(leaves, [row.seq - 1 for row in rows])
    texts = ledger.texts(session, [row.seq for row in rows if row.subject not in still_open])
    return {
        "decision": subjects[0],
        "size": len(leaves),
        "root": root(leaves).hex(),
        "entries": [
            {
                "entry": row.as_json(),
                "path": [each.hex() for each in path],
                "texts": texts.get(row.seq, []),
            }
            for row, path in zip(rows, paths, strict=True)
        ],
        "grew_from": [
            {
                "size": since,
                "root": root(leaves[:since]).hex(),
                "path": [each.hex() for each in consistency(leaves, since)],
            }
        ]
        if since
        else [],
    }
