"""Burdensome: one act waits for the signatures of many offices, counted from the text.

Three signatures are in proportion to many risks and stay a line of the ranking; four and more are
a flag, and in a library where chains are long only its longest twentieth.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

from gross.analysis.language.parts import Signing
from gross.analysis.measuring import measures_of
from gross.analysis.quoting import listed, named
from gross.analysis.sentences import trimmed
from gross.analysis.types import Detector, Document, Evidence, Finding, Kind, Library

NAME = "approval_chain"
LEAST = 4  # offices that sign for one act
MANY_CHAINS = 100  # that many acts with signers show what is usual here
TWENTIETH = 19  # of statistics.quantiles(n=20), the last cut


def detect(library: Library) -> Iterator[Finding]:
    chains = [
        (document, chain)
        for document, measures in measures_of(library)
        if (chain := measures.longest_chain) is not None
    ]
    counts = [len(chain.offices) for _, chain in chains]
    bound = _bound(counts)
    for document, chain in chains:
        if len(chain.offices) >= bound:
            yield _finding(document, chain, counts)


def _bound(counts: Sequence[int]) -> int:
    if len(counts) < MANY_CHAINS:
        return LEAST
    return max(LEAST, int(statistics.quantiles(counts, n=20)[TWENTIETH - 1]) + 1)


def _finding(document: Document, chain: Signing, counts: Sequence[int]) -> Finding:
    count = len(chain.offices)
    who = [" ".join(office.split()) for office in chain.offices if office]
    told = f": {listed(who, most=9)}" if len(who) == count else ""
    others = sum(each >= count for each in counts) - 1
    rank = "no other policy here asks for as many"
    if others:
        rank = f"{others} other {'policy asks' if others == 1 else 'policies ask'} for as many"
    span = trimmed(document.text, chain.start, chain.end)
    return Finding(
        NAME,
        Kind.BURDENSOME,
        (document.policy_id,),
        f"{named(document)} has {count} offices sign for one act{told} ({rank}).",
        round(min(1.0, count / 10), 4),
        (Evidence(span, of=(0,)),),
    )


DETECTOR = Detector(
    NAME, version=1, kind=Kind.BURDENSOME, label="Many offices sign for one act", detect=detect
)
