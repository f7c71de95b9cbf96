"""Turn findings into flags: known ones keep what people answered, new ones ask, others are gone."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from gross.actions.scan_library import Gathered
from gross.analysis import detectors
from gross.analysis.types import Document, Evidence, Finding, Span
from gross.domain.flag import FlagState, flag_key
from gross.store import flags
from gross.store.flags import Flag, FlagPolicy

VERSIONS = {detector.name: detector.version for detector in detectors.ALL}


@dataclass(frozen=True, slots=True)
class Tally:
    by_kind: dict[str, int]
    new: int
    gone: int


def write_flags(
    session: Session,
    scan_id: int,
    gathered: Gathered,
    findings: Iterable[Finding],
    *,
    silent: Collection[str] = (),
    now: datetime,
) -> Tally:
    """Write what a scan found, in the caller's transaction. A policy that retired while the scan
    looked raises nothing. Of the `silent` detectors no flag is raised, and none is gone.
    """
    documents = {document.policy_id: document for document in gathered.whole.documents}
    retired = flags.retired_policies(session)
    keyed = {
        key: finding
        for key, finding in _keyed(findings, documents)
        if finding.detector not in silent and not retired.intersection(finding.policies)
    }
    untouched = flags.keys_of(session, silent)
    known = flags.states_by_key(session)
    rows = {
        key: {**_columns(each, documents, gathered.editions), "scan_id": scan_id}
        for key, each in keyed.items()
    }
    new = rows.keys() - known.keys()
    gone = [
        flag_id
        for key, (flag_id, state) in known.items()
        if state == FlagState.OPEN and key not in rows and key not in untouched
    ]
    _update(
        session,
        [
            {**row, "id": known[key][0], "state": _found_again(known[key][1])}
            for key, row in rows.items()
            if key in known
        ],
    )
    _update(session, [{"id": flag_id, "state": FlagState.GONE} for flag_id in gone])
    _add(
        session,
        {key: {**rows[key], "key": key, "first_seen_at": now} for key in rows if key in new},
        keyed,
    )
    by_kind = Counter(str(finding.kind) for finding in keyed.values())
    return Tally(dict(sorted(by_kind.items())), len(new), len(gone))


def _found_again(state: str) -> str:
    return FlagState.OPEN if state == FlagState.GONE else state


def _update(session: Session, rows: list[dict[str, object]]) -> None:
    if rows:
        session.execute(update(Flag), rows)


def _add(
    session: Session, rows: dict[str, dict[str, object]], findings: dict[str, Finding]
) -> None:
    if not rows:
        return
    session.execute(insert(Flag), list(rows.values()))
    known = flags.states_by_key(session)
    session.execute(
        insert(FlagPolicy),
        [
            {"flag_id": known[key][0], "position": position, "policy_id": policy_id}
            for key in rows
            for position, policy_id in enumerate(findings[key].policies)
        ],
    )


def _keyed(
    findings: Iterable[Finding], documents: dict[int, Document]
) -> Iterator[tuple[str, Finding]]:
    """Give each finding its key. Where several claims rest on the same words (two old terms in one
    sentence), what each says tells them apart.
    """
    alike: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        alike[_key(finding, documents)].append(finding)
    for key, group in alike.items():
        if len({finding.sentence for finding in group}) == 1:
            yield key, group[0]
        else:
            yield from ((_key(each, documents, each.sentence), each) for each in group)


def _key(finding: Finding, documents: dict[int, Document], *more: str) -> str:
    """Claims that quote nothing rest on the whole texts, so that a change of either asks again."""
    quotes = [
        documents[finding.policies[place]].text[span.start : span.end]
        for evidence in finding.evidence
        for _, place, span in _sides(evidence)
    ]
    rest = quotes or [documents[policy].digest for policy in finding.policies]
    return flag_key(finding.detector, [str(each) for each in finding.policies], [*rest, *more])


def _columns(
    finding: Finding, documents: dict[int, Document], editions: dict[int, int]
) -> dict[str, object]:
    return {
        "detector": finding.detector,
        "detector_version": VERSIONS[finding.detector],
        "kind": str(finding.kind),
        "score": finding.score,
        "sentence": finding.sentence,
        "passages": json.dumps(list(quoted(finding, documents)), ensure_ascii=False),
        "editions": json.dumps([editions[policy] for policy in finding.policies]),
    }


def quoted(finding: Finding, documents: dict[int, Document]) -> Iterator[dict[str, object]]:
    """The finding's passages as a flag's line has them."""
    for evidence in finding.evidence:
        sides = list(_sides(evidence))
        quotes = {
            name: {
                "start": span.start,
                "end": span.end,
                "text": documents[finding.policies[place]].text[span.start : span.end],
            }
            for name, place, span in sides
        }
        yield {"of": [place for _, place, _ in sides], **quotes}


def _sides(evidence: Evidence) -> Iterator[tuple[str, int, Span]]:
    yield "a", evidence.of[0], evidence.a
    if evidence.b is not None:
        yield "b", evidence.of[1], evidence.b
