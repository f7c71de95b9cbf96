"""Drawn lines to grids: which of them cross, and which cells they part."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gross.intake.pdf.lines import Area, Line

REACH = 3.0  # points: lines that miss one another by less are meant to meet
LEAST_SIDE = 6.0  # points: columns and rows that are narrower hold no words
MAX_RULES = 3000
MAX_COLUMNS = 30
LEAST_DRAWN = 0.6  # of a grid's edges; boxes joined by arrows have fewer


@dataclass(frozen=True, slots=True)
class Span:
    """A cell of one row. `goes_on`: no line parts it from the cell above."""

    left: float
    right: float
    goes_on: bool

    def covers(self, other: Span) -> bool:
        return abs(self.left - other.left) < REACH and abs(self.right - other.right) < REACH


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells; `heights` are the lines between the rows, from the top down."""

    left: float
    right: float
    heights: tuple[float, ...]
    rows: tuple[tuple[Span, ...], ...]

    def holds(self, line: Line) -> bool:
        is_between = self.heights[-1] < line.middle < self.heights[0]
        return is_between and line.left > self.left - REACH and line.right < self.right + REACH

    def row_at(self, height: float) -> int:
        at = bisect_left(self.heights, -height, key=lambda each: -each) - 1
        return min(max(at, 0), len(self.rows) - 1)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line at one height or one place across, from `start` to `end` along the other side."""

    at: float
    start: float
    end: float

    def covers(self, place: float) -> bool:
        return self.start - REACH <= place <= self.end + REACH


def grids(areas: list[Area]) -> Iterator[Grid]:
    """The grids that rules draw, the highest first."""
    if len(areas) > MAX_RULES:
        return
    across = _merged([_Rule((b + t) / 2, left, r) for left, b, r, t in areas if r - left >= t - b])
    down = _merged([_Rule((left + r) / 2, b, t) for left, b, r, t in areas if r - left < t - b])
    found = [_grid(*group) for group in _groups(across, down)]
    yield from sorted((grid for grid in found if grid), key=lambda grid: -grid.heights[0])


def _merged(rules: list[_Rule]) -> list[_Rule]:
    """Pieces of one line as one: cells are often drawn each with a border of its own."""
    rows: list[list[_Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if rows and rule.at - rows[-1][-1].at <= 1.5:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    return [rule for row in rows for rule in _joined(row)]


def _joined(row: list[_Rule]) -> Iterator[_Rule]:
    at = sum(rule.at for rule in row) / len(row)
    start, end = float("inf"), float("-inf")
    for rule in sorted(row, key=lambda rule: rule.start):
        if rule.start > end + REACH:
            if end > start:
                yield _Rule(at, start, end)
            start, end = rule.start, rule.end
        end = max(end, rule.end)
    yield _Rule(at, start, end)


def _groups(across: list[_Rule], down: list[_Rule]) -> Iterator[tuple[list[_Rule], list[_Rule]]]:
    """Rules that meet, directly or through others."""
    left_across, left_down = list(across), list(down)
    while left_across and left_down:
        rows, columns = [left_across.pop()], list[_Rule]()
        grown = True
        while grown:
            met_down = [d for d in left_down if any(_meet(a, d) for a in rows)]
            columns += met_down
            left_down = [d for d in left_down if d not in met_down]
            met_across = [a for a in left_across if any(_meet(a, d) for d in columns)]
            rows += met_across
            left_across = [a for a in left_across if a not in met_across]
            grown = bool(met_down or met_across)
        if len(columns) > 1 or len(rows) > 2:
            yield rows, columns


def _meet(across: _Rule, down: _Rule) -> bool:
    return across.covers(down.at) and down.covers(across.at)


def _grid(across: list[_Rule], down: list[_Rule]) -> Grid | None:
    sides = _places([rule.at for rule in down], [p for r in across for p in (r.start, r.end)])
    heights = _places([rule.at for rule in across], [p for r in down for p in (r.start, r.end)])
    heights.reverse()
    if not 3 <= len(sides) <= MAX_COLUMNS or len(heights) < 2:
        return None
    if _drawn_share(across, down, sides, heights) < LEAST_DRAWN:
        return None
    if not all(_is_even(across, sides, height) for height in (heights[0], heights[-1])):
        return None
    rows = tuple(
        tuple(_spans(across, down, sides, top, bottom)) for top, bottom in pairwise(heights)
    )
    return (
        None
        if all(len(row) == 1 for row in rows)
        else Grid(sides[0], sides[-1], tuple(heights), rows)
    )


def _places(drawn: list[float], ends: list[float]) -> list[float]:
    """Where the lines stand, and where the crossing ones end: a table may have no outer sides."""
    places: list[float] = []
    for place in sorted([*drawn, *([min(ends), max(ends)] if ends else [])]):
        if not places or place - places[-1] > LEAST_SIDE:
            places.append(place)
    return places


def _spans(
    across: list[_Rule], down: list[_Rule], sides: list[float], top: float, bottom: float
) -> Iterator[Span]:
    middle = (top + bottom) / 2
    start = sides[0]
    for right in sides[1:]:
        if right == sides[-1] or _is_drawn(down, right, middle):
            goes_on = not _is_drawn(across, top, (start + right) / 2)
            yield Span(start, right, goes_on)
            start = right


def _is_drawn(rules: list[_Rule], at: float, place: float) -> bool:
    low, high = at - LEAST_SIDE, at + LEAST_SIDE
    for rule in rules:  # noqa: SIM110 -- asked a thousand times a page; any() takes twice as long
        if low <= rule.at <= high and rule.start <= place <= rule.end:
            return True
    return False


def _is_even(across: list[_Rule], sides: list[float], height: float) -> bool:
    """Tell a table's edge from boxes side by side; its first corner may be left open."""
    drawn = {_is_drawn(across, height, (a + b) / 2) for a, b in pairwise(sides[1:])}
    return len(drawn) == 1


def _drawn_share(
    across: list[_Rule], down: list[_Rule], sides: list[float], heights: list[float]
) -> float:
    inner_across = [_is_drawn(across, y, (a + b) / 2) for y in heights for a, b in pairwise(sides)]
    inner_down = [
        _is_drawn(down, x, (a + b) / 2) for x in sides[1:-1] for a, b in pairwise(heights)
    ]
    edges = inner_across + inner_down
    return sum(edges) / len(edges)
