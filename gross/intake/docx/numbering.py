"""Word's automatic numbering, rebuilt: the "4.1.2" that stands on the page and not in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from gross.intake.docx.counts import counted
from gross.intake.docx.names import ALTERNATE, COMPATIBILITY, W, inner, is_on, value
from gross.intake.xml import Element

MAX_LEVELS = 9
MAX_NUMBER = 100_000  # a made-up start value must not cost memory
_PLACE = re.compile("%([1-9])")
_SILENT = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class Level:
    """One of a list's nine levels. `text` is its pattern, such as "%1.%2"."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    is_legal: bool = False
    restart: int | None = None
    paragraph_style: str = ""


_PLAIN = Level()


@dataclass(slots=True)
class List:
    """A list as paragraphs name it: the counters' key, its levels, and which of them start anew.

    A level is read when it is first counted on: most lists have nine and use one.
    """

    key: str
    elements: dict[int, Element]
    anew: dict[int, int] = field(default_factory=dict)
    read: dict[int, Level] = field(default_factory=dict)

    def level(self, n: int) -> Level:
        found = self.read.get(n)
        if found is None:
            element = self.elements.get(n)
            found = _PLAIN if element is None else _level(element)
            if n in self.anew:
                found = replace(found, start=self.anew[n])
            self.read[n] = found
        return found


@dataclass(slots=True)
class Numbering:
    """A document's lists, each read when first asked for, and how far each has counted.

    Lists of one abstract list count on together, until one of them says where it starts anew.
    """

    lists: dict[str, List | None] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    by_style: dict[tuple[str, tuple[str, ...]], int | None] = field(default_factory=dict)
    deepest: int = 0
    elements: dict[str, Element] = field(default_factory=dict)
    abstract: dict[str, Element] = field(default_factory=dict)

    def start_over(self) -> None:
        """Forget all counts: page edges and notes count by themselves."""
        self.counters, self.begun = {}, set()

    def level_for_style(self, list_id: str, style_ids: tuple[str, ...]) -> int | None:
        """The level that a list gives to paragraphs of a style, or of those it is based on."""
        key = (list_id, style_ids)
        if key not in self.by_style:
            found = self._list(list_id)
            elements = found.elements.items() if found else ()
            levels = {value(inner(each, "pStyle")): n for n, each in elements}
            linked = (levels[style] for style in style_ids if style in levels)
            self.by_style[key] = next(linked, None)
        return self.by_style[key]

    def next_number(self, list_id: str, depth: int) -> str | None:
        """Count one paragraph; None: no such list. "" is a bullet or a level that shows nothing."""
        found = self._list(list_id)
        if found is None or not 0 <= depth < MAX_LEVELS:
            return None
        counts = self.counters.get(found.key)
        if counts is None:
            counts = self.counters[found.key] = [None] * MAX_LEVELS
        if found.anew and list_id not in self.begun:
            self.begun.add(list_id)
            for n in found.anew:
                counts[n] = None
        level, previous = found.level(depth), counts[depth]
        counts[depth] = (level.start if previous is None else previous + 1) % MAX_NUMBER
        for n in range(depth):  # a level that was skipped counts as begun
            if counts[n] is None:
                counts[n] = found.level(n).start
        if depth < self.deepest:
            _restart_deeper(found, counts, depth)
        else:
            self.deepest = depth
        return "" if level.style == "bullet" else _shown(found, level, counts)

    def _list(self, list_id: str) -> List | None:
        if list_id not in self.lists:
            num = self.elements.get(list_id)
            self.lists[list_id] = None if num is None else _read_list(num, self.abstract)
        return self.lists[list_id]


def read_numbering(root: Element | None) -> Numbering:
    """Read numbering.xml; None is a document without lists."""
    numbering = Numbering()
    for each in root if root is not None else ():
        if each.tag == W + "num":
            numbering.elements[each.get(W + "numId", "")] = each
        elif each.tag == W + "abstractNum":
            numbering.abstract[each.get(W + "abstractNumId", "")] = each
    return numbering


def _read_list(num: Element, abstracts: dict[str, Element]) -> List:
    key = value(inner(num, "abstractNumId"))
    abstract = abstracts.get(key)
    style = value(inner(abstract, "numStyleLink"))
    if style:  # the levels stand in the list that the style was made from
        linked = (k for k, each in abstracts.items() if value(inner(each, "styleLink")) == style)
        key = next(linked, key)
        abstract = abstracts.get(key)
    found = List(key, dict(_levels(abstract)) if abstract is not None else {})
    for override in num.iterchildren(W + "lvlOverride"):
        depth = _int(override.get(W + "ilvl", ""), 0)
        own_level = inner(override, "lvl")
        if own_level is not None:
            found.elements[depth] = own_level
            found.anew.pop(depth, None)
        start = value(inner(override, "startOverride"))
        if start and 0 <= depth < MAX_LEVELS:
            found.anew[depth] = _int(start, 1)
    return found


def _levels(abstract: Element) -> Iterator[tuple[int, Element]]:
    return ((_int(each.get(W + "ilvl", ""), 0), each) for each in abstract.iterchildren(W + "lvl"))


def _level(element: Element) -> Level:
    says = {each.tag: each for each in element}
    restart = value(says.get(W + "lvlRestart"))
    start = says.get(W + "start")
    return Level(
        start=0 if start is None else _int(value(start), 1),
        style=_style(element),
        text=value(says.get(W + "lvlText")),
        is_legal=is_on(says.get(W + "isLgl")),
        restart=_int(restart, 0) if restart else None,
        paragraph_style=value(says.get(W + "pStyle")),
    )


def _style(element: Element) -> str:
    """The form of a level's counts; "001" stands for as many digits, which Word calls custom."""
    form = inner(element, "numFmt")
    if form is None:  # a form newer than the file's own schema stands in an AlternateContent
        form = element.find(f"{ALTERNATE}/{COMPATIBILITY}Choice/{W}numFmt")
    if form is None or value(form) != "custom":
        return value(form) or "decimal"
    first = str(form.get(W + "format", "")).partition(",")[0].strip()
    return "0" * len(first) if first.isdecimal() and len(first) < 9 else "decimal"


def _restart_deeper(found: List, counts: list[int | None], depth: int) -> None:
    for n in range(depth + 1, MAX_LEVELS):
        if counts[n] is not None:
            restart = found.level(n).restart
            if restart is None or depth < restart:
                counts[n] = None


def _shown(found: List, level: Level, counts: list[int | None]) -> str:
    pieces = list(_places(level.text))
    for k in range(1, len(pieces), 2):
        n = int(pieces[k]) - 1
        other, count = found.level(n), counts[n]
        is_plain = level.is_legal and other.style not in _SILENT
        style = "decimal" if is_plain else other.style
        pieces[k] = counted(other.start if count is None else count, style)
    return "".join(pieces).strip()


@lru_cache(maxsize=256)
def _places(pattern: str) -> tuple[str, ...]:
    """ "%1.%2" as ("", "1", ".", "2", "")."""
    return tuple(_PLACE.split(pattern))


def _int(written: str, default: int) -> int:
    """A whole number as XML writes it; 5,000 digits are as wrong as none."""
    is_number = written.lstrip("-").isdecimal() and len(written) < 8
    return int(written) if is_number else default
