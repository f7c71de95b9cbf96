"""Scan a library: relate its policies once, then let every detector speak."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from gross.analysis import detectors
from gross.analysis.desk import Engine, Here
from gross.analysis.prepared import is_current, prepare, word_count
from gross.analysis.relations import relations
from gross.analysis.types import Detector, Finding, Library

Progress = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True, slots=True)
class Scan:
    findings: tuple[Finding, ...]
    seconds_by_stage: dict[str, float]
    words: int  # of policies in force, header data left out


def scan(
    library: Library,
    progress: Progress | None = None,
    *,
    using: Iterable[Detector] = detectors.ALL,
    engine: Engine | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Scan:
    """Find what the detectors find, in an order that depends on the library alone.

    Editions whose prepared blob is missing or of another pipeline version are prepared here and
    not kept: keep what `prepare` gives to save that time. The `engine` changes where the long
    stages are computed, and nothing else.
    """
    stages = _Stages(clock, progress or (lambda stage, done, total: None))
    ready = _prepared(library, stages.tell)
    engine = engine or Here()
    ready = replace(ready, relations=relations(ready, stages.tell, engine))
    findings: list[Finding] = []
    asked = tuple(using)
    found = iter(engine.detected(ready, asked))
    for detector in asked:
        stages.tell(detector.name, 0, 1)
        findings += next(found)
    stages.tell("done", 1, 1)
    words = sum(
        word_count(ready.prepared[document.digest])
        for document in ready.documents
        if not document.retired
    )
    return Scan(tuple(findings), stages.seconds, words)


def _prepared(library: Library, tell: Progress) -> Library:
    blobs = {}
    for done, document in enumerate(library.documents):
        if done % 64 == 0:
            tell("prepare", done, len(library.documents))
        blob = library.prepared.get(document.digest, b"")
        blobs[document.digest] = (
            blob if is_current(blob) else prepare(document.text, document.passages)
        )
    return replace(library, prepared=blobs)


@dataclass(slots=True)
class _Stages:
    """Passes progress on, and adds up the time between one stage's first word and the next's."""

    clock: Callable[[], float]
    progress: Progress
    seconds: dict[str, float] = field(default_factory=dict)
    now_in: str = ""
    since: float = 0.0

    def tell(self, stage: str, done: int, total: int) -> None:
        if stage != self.now_in:
            now = self.clock()
            if self.now_in:
                spent = self.seconds.get(self.now_in, 0.0) + now - self.since
                self.seconds[self.now_in] = spent
            self.now_in, self.since = stage, now
        self.progress(stage, done, total)
