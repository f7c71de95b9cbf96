"""Fixtures of the pages' tests."""

from __future__ import annotations

import json

import pytest

from gross.store.flags import Flag, FlagPolicy, Scan
from tests.conftest import NOW


@pytest.fixture
def make_flag(session, make_policy):
    """Give a maker of open flags on two new policies, unless others are named."""
    scan = Scan(began_at=NOW, ended_at=NOW)
    session.add(scan)
    session.flush()
    made = 0

    def make(*policies, kind="redundant", score=0.9, sentence="They say the same.", **columns):
        nonlocal made
        made += 1
        named = policies or (
            make_policy(f"Hand Hygiene {made}", "Wash your hands.", number=f"IC-{made}"),
            make_policy(f"Hand Washing {made}", "Do wash your hands.", number=f"NUR-{made}"),
        )
        sides = [
            {"start": 0, "end": len(each.current.text), "text": each.current.text}
            for each in named[:2]
        ]
        flag = Flag(
            key=f"{made:064x}",
            detector="near_duplicate",
            detector_version=1,
            kind=kind,
            score=score,
            sentence=sentence,
            passages=json.dumps(
                [{"of": list(range(len(sides))), **dict(zip("ab", sides, strict=False))}]
            ),
            editions=json.dumps([each.current_id for each in named]),
            first_seen_at=NOW,
            scan_id=scan.id,
            **columns,
        )
        session.add(flag)
        session.flush()
        session.add_all(
            FlagPolicy(flag_id=flag.id, position=position, policy_id=policy.id)
            for position, policy in enumerate(named)
        )
        session.flush()
        return flag

    return make
