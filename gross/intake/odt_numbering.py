"""The numbers of OpenDocument lists and headings, as the page shows them: "4.1.2", "B.", "iv)"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gross.intake.xml import Element, attribute, name

MAX_DEPTH = 10
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Level:
    """`form` is "1", "a", "A", "i", "I", "bullet", or "" for a level that shows nothing."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    shown_levels: int = 1
    start: int = 1


@dataclass(frozen=True, slots=True)
class Styles:
    """Levels by list style and depth from 1; `parents` of paragraph styles, and their lists."""

    lists: dict[str, dict[int, Level]]
    outline: dict[int, Level]
    parents: dict[str, str]


@dataclass(slots=True)
class Counters:
    """How far each list has counted. A list that goes on shares the counts of the one before."""

    styles: Styles
    by_id: dict[str, list[int]] = field(default_factory=dict)
    by_style: dict[str, list[int]] = field(default_factory=dict)
    outline: list[int] = field(default_factory=lambda: [0] * (MAX_DEPTH + 1))

    def opened(self, element: Element, style: str) -> list[int]:
        """The counts of a list that stands in no other, where `style` is its own."""
        earlier = self.by_id.get(attribute(element, "continue-list"))
        if earlier is None and attribute(element, "continue-numbering") == "true":
            earlier = self.by_style.get(style)
        counts = [0] * (MAX_DEPTH + 1) if earlier is None else earlier
        own = attribute(element, "id")
        if own:
            self.by_id[own] = counts
        self.by_style[style] = counts
        return counts

    def number(self, style: str, counts: list[int], depth: int, start: str = "") -> str:
        """Count an item and show its number; "" for bullets and for levels that show nothing."""
        return _counted(self.styles.lists.get(style, {}), counts, depth, start)

    def heading(self, depth: int) -> str:
        """Count a heading that stands in no list; "" where the outline has no numbers."""
        return _counted(self.styles.outline, self.outline, depth, "")


def read_styles(*trees: Element | None) -> Styles:
    styles = Styles({}, {}, {})
    for tree in trees:
        for each in tree.iter() if tree is not None else ():
            tag = name(each)
            if tag == "list-style":
                styles.lists[attribute(each, "name")] = _levels(each)
            elif tag == "outline-style":
                styles.outline.update(_levels(each))
            elif tag == "style" and attribute(each, "family") == "paragraph":
                styles.parents[attribute(each, "name")] = attribute(each, "parent-style-name")
    return styles


def _levels(style: Iterable[Element]) -> dict[int, Level]:
    found = {}
    for each in style:
        depth = _int(attribute(each, "level"), 0)
        if 1 <= depth <= MAX_DEPTH:
            is_bullet = name(each) in {"list-level-style-bullet", "list-level-style-image"}
            found[depth] = Level(
                _BULLET if is_bullet else attribute(each, "num-format")[:1],
                attribute(each, "num-prefix")[:10],
                attribute(each, "num-suffix")[:10],
                min(max(_int(attribute(each, "display-levels"), 1), 1), MAX_DEPTH),
                _int(attribute(each, "start-value"), 1),
            )
    return found


def _counted(levels: dict[int, Level], counts: list[int], depth: int, start: str) -> str:
    depth = min(max(depth, 1), MAX_DEPTH)
    level = levels.get(depth, Level())
    counts[depth] = _int(start, 0) or (counts[depth] + 1 if counts[depth] else level.start)
    for below in range(depth + 1, MAX_DEPTH + 1):
        counts[below] = 0
    if level.form in {"", _BULLET}:
        return ""
    first = max(depth - level.shown_levels + 1, 1)
    shown = (_shown(levels.get(at, Level()), counts[at]) for at in range(first, depth + 1))
    return level.prefix + ".".join(each for each in shown if each) + level.suffix


def _shown(level: Level, count: int) -> str:
    """A level above that has not counted yet shows its first number, as on the page."""
    count = count or level.start
    if level.form in {"", _BULLET}:
        return ""
    if level.form in {"a", "A"}:
        letters = _letters(count)
        return letters if level.form == "a" else letters.upper()
    if level.form in {"i", "I"}:
        roman = _roman(count)
        return roman if level.form == "i" else roman.upper()
    return str(count)


def _letters(count: int) -> str:
    """a to z, then aa, bb, as OpenDocument counts them when the letters are in step."""
    return chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 10) if count > 0 else ""


def _roman(count: int) -> str:
    left = min(max(count, 0), 3_999)
    shown = ""
    for value, letters in _ROMAN:
        shown += letters * (left // value)
        left %= value
    return shown


def _int(written: str, default: int) -> int:
    return int(written) if written.isdecimal() and len(written) < 7 else default
