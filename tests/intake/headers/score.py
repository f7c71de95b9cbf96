"""Precision and recall of the header by field, over layouts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tests.intake.headers.layouts import Layout, reading_of, told, understood


@dataclass(frozen=True, slots=True)
class Score:
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def score(chosen: Iterable[Layout]) -> tuple[dict[str, Score], list[str]]:
    """Scores by field, and a line for each value that is wrong or missed."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    lines = []
    for layout in chosen:
        truth, read = told(layout), understood(reading_of(layout))
        right.update(name for name, _ in truth & read)
        wrong.update(name for name, _ in read - truth)
        missed.update(name for name, _ in truth - read)
        lines += [f"{layout.name}: wrong {name} {value!r}" for name, value in sorted(read - truth)]
        lines += [f"{layout.name}: missed {name} {value!r}" for name, value in sorted(truth - read)]
    names = sorted({*right, *wrong, *missed})
    return {name: Score(right[name], wrong[name], missed[name]) for name in names}, lines


def table(scores: dict[str, Score]) -> str:
    rows = [f"{'field':20} right wrong missed precision recall"]
    rows += [
        f"{name:20} {one.right:5} {one.wrong:5} {one.missed:6} "
        f"{one.precision:9.3f} {one.recall:6.3f}"
        for name, one in scores.items()
    ]
    return "\n".join(rows)
