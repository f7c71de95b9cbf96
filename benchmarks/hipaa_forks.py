"""287 real policies of 12 organisations that adapted one library: who is found together.

Counted as the harness does: a redundant or contained finding claims every pair of its policies, an
overlapping one its pair; an overlapping finding on more than two policies is a group, which finds
the true pairs within it and claims no others. "Strict" lets groups claim every pair too. A pair is
true when the truth gives both one upstream file (one topic, by lineage); "set aside" leaves out
false pairs of two topics which the truth lists as partly overlapping. The hard set are true
pairs whose 5-word shingles have a Jaccard similarity below .10.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.shared import machine, peak_megabytes, shared, table
from gross.analysis.scan import Scan, scan
from gross.analysis.types import Document, Finding, Kind, Library

CLAIMING = {Kind.REDUNDANT, Kind.CONTAINED, Kind.OVERLAPPING}
HARD_JACCARD = 0.10

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Truth:
    topics: dict[int, str]
    same: dict[Pair, float]  # the Jaccard similarity of each true pair
    partly: set[frozenset[str]]  # topics that overlap in their original already


@dataclass(frozen=True, slots=True)
class Quality:
    recall: float
    hard_recall: float
    precision: float
    precision_set_aside: float
    precision_strict: float
    missed: tuple[Pair, ...]
    false: tuple[Pair, ...]


def folder() -> Path:
    return shared() / "data" / "hipaa-forks"


def load(source: Path) -> tuple[Library, Truth]:
    entries = rows_of(source / "manifest.jsonl")
    numbers = {entry["id"]: number for number, entry in enumerate(entries, start=1)}
    documents = tuple(_document(number, entry, source) for number, entry in enumerate(entries, 1))
    topics = {numbers[entry["id"]]: entry["topic"] for entry in entries}
    same: dict[Pair, float] = {}
    partly: set[frozenset[str]] = set()
    for row in rows_of(source / "truth.jsonl"):
        a, b = sorted((numbers[row["a"]], numbers[row["b"]]))
        if row["relation"] in ("same-topic-adapted", "near-duplicate"):
            same[(a, b)] = row["jaccard5"]
        elif row["relation"].startswith("partial-overlap"):
            partly.add(frozenset((topics[a], topics[b])))
    return Library(documents, date(2026, 11, 23)), Truth(topics, same, partly)


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _document(number: int, entry: dict[str, str], source: Path) -> Document:
    text = (source / entry["path"]).read_text(encoding="utf-8").replace("\r\n", "\n")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(number, digest, "", entry["title"], text)


def claims(findings: tuple[Finding, ...]) -> tuple[set[Pair], set[Pair]]:
    """Give the pairs that findings claim, and those that only groups name."""
    claimed: set[Pair] = set()
    grouped: set[Pair] = set()
    for finding in findings:
        if finding.kind in CLAIMING:
            many = finding.kind is Kind.OVERLAPPING and len(finding.policies) > 2
            (grouped if many else claimed).update(combinations(sorted(finding.policies), 2))
    return claimed, grouped - claimed


def quality(findings: tuple[Finding, ...], truth: Truth) -> Quality:
    claimed, grouped = claims(findings)
    true = (claimed | grouped) & truth.same.keys()
    hard = {pair for pair, jaccard in truth.same.items() if jaccard < HARD_JACCARD}
    false = claimed - truth.same.keys()
    unexplained = {
        pair
        for pair in false
        if frozenset((truth.topics[pair[0]], truth.topics[pair[1]])) not in truth.partly
    }
    return Quality(
        recall=len(true) / len(truth.same),
        hard_recall=len(true & hard) / max(1, len(hard)),
        precision=len(true) / max(1, len(true) + len(false)),
        precision_set_aside=len(true) / max(1, len(true) + len(unexplained)),
        precision_strict=len(true) / max(1, len(claimed | grouped)),
        missed=tuple(sorted(truth.same.keys() - true)),
        false=tuple(sorted(false)),
    )


def main() -> bool:
    source = folder()
    if not (source / "truth.jsonl").is_file():
        print(f"hipaa-forks: MISSING {source}: set GROSS_SHARED to the folder that holds data/")
        return False
    library, truth = load(source)
    first = scan(library)
    result = scan(library)
    report(first, result, quality(result.findings, truth), truth)
    return True


def report(first: Scan, result: Scan, found: Quality, truth: Truth) -> None:
    print(f"\nhipaa-forks: {len(truth.topics)} policies, {result.words} words; {machine()}")
    seconds = sum(result.seconds_by_stage.values())
    hard = sum(jaccard < HARD_JACCARD for jaccard in truth.same.values())
    kinds = Counter(finding.kind.value for finding in result.findings)
    rows = [
        ("measure", "value"),
        ("same-topic recall", f"{found.recall:.4f} of {len(truth.same)}"),
        (f"hard set recall (Jaccard < {HARD_JACCARD})", f"{found.hard_recall:.4f} of {hard}"),
        ("precision", f"{found.precision:.4f}"),
        ("precision, overlapping topics set aside", f"{found.precision_set_aside:.4f}"),
        ("precision, strict", f"{found.precision_strict:.4f}"),
        ("false pairs", str(len(found.false))),
        ("findings", ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))),
        (
            "seconds, first scan (compiling or loading)",
            f"{sum(first.seconds_by_stage.values()):.2f}",
        ),
        ("seconds, warm", f"{seconds:.2f}"),
        ("words a second, warm", f"{result.words / seconds:,.0f}"),
        ("peak memory, MB", str(peak_megabytes())),
    ]
    rows += [(f"  {stage}", f"{spent:.3f} s") for stage, spent in result.seconds_by_stage.items()]
    print(table(rows))


if __name__ == "__main__":
    main()
