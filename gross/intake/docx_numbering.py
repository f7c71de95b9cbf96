"""Word's automatic numbering, rebuilt: the "4.1.2" that stands on the page and not in the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from gross.intake.xml import Element, attribute, child, name

MAX_LEVELS = 9
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
MAX_NUMBER = 100_000  # a made-up start value must not cost memory


@dataclass(frozen=True, slots=True)
class Level:
    """One of a list's nine levels. `text` is its pattern, such as "%1.%2"."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    is_legal: bool = False
    restart: int | None = None
    paragraph_style: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list as paragraphs name it: the counters' key, its levels, and where it starts anew."""

    key: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted, in reading order."""

    lists: dict[str, List] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def level_for_style(self, list_id: str, style_id: str) -> int | None:
        """The level that a list gives to paragraphs of a style."""
        found = self.lists.get(list_id)
        levels = found.levels.items() if found else ()
        return next((n for n, level in levels if level.paragraph_style == style_id), None)

    def next_number(self, list_id: str, depth: int) -> str | None:
        """Count one paragraph; None: no such list. "" is a bullet or a level that shows nothing."""
        found = self.lists.get(list_id)
        if found is None or not 0 <= depth < MAX_LEVELS:
            return None
        level = found.levels.get(depth, Level())
        counts = self.counters.setdefault(found.key, [None] * MAX_LEVELS)
        if list_id not in self.begun:
            self.begun.add(list_id)
            for n, start in found.starts.items():
                counts[n] = start - 1
        previous = counts[depth]
        counts[depth] = (level.start if previous is None else previous + 1) % MAX_NUMBER
        self._restart_deeper(found, counts, depth)
        return _shown(found, counts, depth)

    def _restart_deeper(self, found: List, counts: list[int | None], depth: int) -> None:
        for n in range(depth + 1, MAX_LEVELS):
            restart = found.levels.get(n, Level()).restart
            if restart is None or depth < restart:
                counts[n] = None


def read_numbering(root: Element | None) -> Numbering:
    """Read numbering.xml; None is a document without lists."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract = {
        attribute(each, "abstractNumId"): each for each in root if name(each) == "abstractNum"
    }
    by_style = {
        attribute(child(each, "styleLink"), "val"): each
        for each in abstract.values()
        if child(each, "styleLink") is not None
    }
    for each in root:
        if name(each) == "num":
            key = attribute(child(each, "abstractNumId"), "val")
            numbering.lists[attribute(each, "numId")] = _list(
                each, key, abstract.get(key), by_style
            )
    return numbering


def _list(num: Element, key: str, abstract: Element | None, by_style: dict[str, Element]) -> List:
    linked = by_style.get(attribute(child(abstract, "numStyleLink"), "val"), abstract)
    if linked is not abstract:
        key = attribute(linked, "abstractNumId")
    levels = dict(
        _level(each) for each in (linked if linked is not None else ()) if name(each) == "lvl"
    )
    starts: dict[int, int] = {}
    for override in num:
        if name(override) != "lvlOverride":
            continue
        depth = _int(attribute(override, "ilvl"), 0)
        own_level = child(override, "lvl")
        if own_level is not None:
            levels[depth] = _level(own_level)[1]
        start = attribute(child(override, "startOverride"), "val")
        if start and 0 <= depth < MAX_LEVELS:
            starts[depth] = _int(start, 1)
    return List(key, levels, starts)


def _level(element: Element) -> tuple[int, Level]:
    restart = attribute(child(element, "lvlRestart"), "val")
    legal = child(element, "isLgl")
    return _int(attribute(element, "ilvl"), 0), Level(
        start=_int(
            attribute(child(element, "start"), "val"), 0 if child(element, "start") is None else 1
        ),
        style=attribute(child(element, "numFmt"), "val") or _alternate_style(element) or "decimal",
        text=attribute(child(element, "lvlText"), "val"),
        is_legal=legal is not None and attribute(legal, "val") not in {"0", "false"},
        restart=_int(restart, 0) if restart else None,
        paragraph_style=attribute(child(element, "pStyle"), "val"),
    )


def _alternate_style(element: Element) -> str:
    """Formats newer than the file's own schema stand in an AlternateContent."""
    return attribute(child(element, "AlternateContent", "Choice", "numFmt"), "val")


def _shown(found: List, counts: list[int | None], depth: int) -> str:
    level = found.levels.get(depth, Level())
    if level.style in {"bullet", "none"}:
        return "" if level.style == "bullet" else _without_places(level.text)
    text = level.text
    for n in range(MAX_LEVELS):
        if f"%{n + 1}" in text:
            other = found.levels.get(n, Level())
            count = counts[n] if counts[n] is not None else other.start
            style = "decimal" if level.is_legal else other.style
            text = text.replace(f"%{n + 1}", _formatted(count or 0, style))
    return text.strip()


def _without_places(text: str) -> str:
    for n in range(1, MAX_LEVELS + 1):
        text = text.replace(f"%{n}", "")
    return text.strip()


def _formatted(count: int, style: str) -> str:
    form = _FORMS.get(style, str)
    return form(count) if count > 0 or style in {"decimal", "decimalZero"} else str(count)


def _roman(count: int) -> str:
    shown = ""
    for value, letters in _ROMAN:
        shown += letters * (min(count, 5000) // value)
        count %= value
    return shown


def _letter(count: int) -> str:
    """Word goes on after z with aa, bb, cc."""
    return chr(ord("a") + (count - 1) % 26) * (1 + min(count - 1, 25 * 26) // 26)


def _ordinal(count: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{count}{'th' if count % 100 in (11, 12, 13) else endings.get(count % 10, 'th')}"


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "ordinal": _ordinal,
    "none": lambda count: "",
    "bullet": lambda count: "",
}


def _int(written: str, default: int) -> int:
    """A whole number as XML writes it; 5,000 digits are as wrong as none."""
    is_number = written.lstrip("-").isdecimal() and len(written) < 8
    return int(written) if is_number else default
