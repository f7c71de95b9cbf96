"""A file that holds many policies, parted at its headings: pure, and only when somebody asks.

Which headings begin a policy is found by the first rule that finds two: policy numbers of their
own, labelled numbers below them, or the same section ("Purpose") below each. Or the
person names the level.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from gross.domain.errors import Refused
from gross.domain.passage import Passage, PassageKind
from gross.intake import reading_of
from gross.intake.assemble import MAX_HEADING_IN_PATH
from gross.intake.blocks import SEPARATOR, Block, Draft
from gross.intake.header.labels import labelled
from gross.intake.numbers import LETTERED, is_policy_number, own_number
from gross.intake.outline import opens_section
from gross.intake.types import Reading

MAX_LEVEL = 9
MAX_PARTS = 2_000
NEAR = 6  # passages between a policy's heading and its labelled number
_LEADING = re.compile(rf"^(?:\W*(?:policy|procedure)\s*(?:no\.?|number|#)?\s*:?\s*)?({LETTERED})"
                      r"(?=\s*[-–—:|,.]|\s|$)", re.IGNORECASE)  # fmt: skip
_COUNTED = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[A-Z])[.)]?\s+")
_LABEL_FIELDS = frozenset({"number", "policy"})


@dataclass(frozen=True, slots=True)
class Part:
    """One policy of a manual. Offsets are code points of the manual's text, end excluded.

    `rule` says why it begins here: "number", "label", "sections" or "level N".
    """

    title: str
    number: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Manual:
    """A file, its parts, and each part as a document of its own."""

    whole: Reading
    parts: tuple[tuple[Part, Reading], ...]


def parts_of(reading: Reading, *, level: int | None = None) -> tuple[Part, ...]:
    """Find the policies of a manual, in order; none when nothing says where one begins.

    What stands before the first, such as a table of contents, is in none. `level` counts headings
    from 1, the highest.

    Raises:
        Refused: the level is none, or the parts are more than any manual has.
    """
    if level is not None and not 1 <= level <= MAX_LEVEL:
        raise Refused(f"A level counts from 1 to {MAX_LEVEL}; {level} is none.")
    starts, rule = _starts(reading, level)
    if not starts:
        return ()
    if len(starts) > MAX_PARTS:
        raise Refused(f"It would give more than {MAX_PARTS:,} parts; choose a higher level.")
    ends = [reading.passages[n - 1].end for n in (*starts[1:], len(reading.passages))]
    return tuple(
        _part(reading, reading.passages[n], end, rule) for n, end in zip(starts, ends, strict=True)
    )


def part_reading(
    filename: str, reading: Reading, part: Part, *, day_first: bool | None = False
) -> Reading:
    """The part as a document of its own: offsets from its start, header data mined from it."""
    inside = [each for each in reading.passages if part.start <= each.start < part.end]
    text = reading.text[part.start : part.end].rstrip()
    depth = min((_depth(each) for each in inside[1:] if _is_heading(each)), default=1)
    blocks = tuple(
        _block(reading.text, each, part.start, depth, n) for n, each in enumerate(inside)
    )
    draft = Draft(blocks, text=text, title=part.title)
    found = reading_of(filename, draft, day_first=day_first)
    where = f"This is a part of {filename}: characters {part.start:,} to {part.end:,} of its text."
    return replace(
        found,
        title=part.title or found.title,
        number=part.number or found.number,
        warnings=(*(each for each in found.warnings if "names no title" not in each), where),
    )


def part_to_json(part: Part) -> dict[str, Any]:
    return asdict(part)


def part_from_json(values: dict[str, Any]) -> Part:
    """Build the part again.

    Raises:
        ValueError, KeyError, TypeError: the values are not those of `part_to_json`.
    """
    start, end = int(values["start"]), int(values["end"])
    if not 0 <= start < end:
        raise ValueError("a part has no words")
    title, number, rule = (str(values[name]) for name in ("title", "number", "rule"))
    return Part(title, number, start, end, rule)


def _starts(reading: Reading, level: int | None) -> tuple[list[int], str]:
    headings = [n for n, each in enumerate(reading.passages) if _is_heading(each)]
    if level is not None:
        found = [n for n in headings if _depth(reading.passages[n]) == level]
        return [n for n in found if _has_words(reading, n)], f"level {level}"
    rules = (("number", _numbered), ("label", _labelled), ("sections", _with_sections))
    for rule, find in rules:
        found = find(reading, headings)
        if len(found) > 1:
            return found, rule
    return [], ""


def _numbered(reading: Reading, headings: Sequence[int]) -> list[int]:
    """Headings that begin with a policy number, of the depth that has the most of them."""
    numbers = {n: _leading_number(_words(reading, reading.passages[n])) for n in headings}
    depths = Counter(_depth(reading.passages[n]) for n, number in numbers.items() if number)
    depth = depths.most_common(1)[0][0] if depths else 0
    first: dict[str, int] = {}
    for n, number in numbers.items():
        if number and _depth(reading.passages[n]) == depth and _has_words(reading, n):
            first.setdefault(number, n)
    return list(first.values())


def _labelled(reading: Reading, headings: Sequence[int]) -> list[int]:
    """ "Policy Number: IC-014" again and again: each belongs to the heading just above it."""
    found: dict[str, int] = {}
    taken = -1
    for n, each in enumerate(reading.passages):
        if each.end - each.start > 400:
            continue
        numbers = [
            own_number(label.value)
            for label in labelled(_words(reading, each))
            if label.field in _LABEL_FIELDS
        ]
        number = next(filter(None, numbers), "")
        if number and number not in found:
            above = [at for at in headings if max(taken, n - NEAR - 1) < at <= n]
            found[number] = above[0] if above else n
            taken = n
    return sorted(set(found.values()))


def _with_sections(reading: Reading, headings: Sequence[int]) -> list[int]:
    """Headings right above a section that comes again and again: "Purpose", "Scope"."""
    parents: dict[str, list[int]] = {}
    path: list[int] = []
    for n in headings:
        depth = _depth(reading.passages[n])
        path = [at for at in path if _depth(reading.passages[at]) < depth]
        if path:
            parents.setdefault(_bare(_words(reading, reading.passages[n])), []).append(path[-1])
        path.append(n)
    name, found = max(parents.items(), key=lambda pair: len(pair[1]), default=("", []))
    if len(set(found)) < len(found):
        return []  # twice below one heading: that is no section of a policy
    depths = {_depth(reading.passages[n]) for n in found}
    if len(depths) != 1:
        return []
    beside = [n for n in headings if _depth(reading.passages[n]) in depths]
    beside = [n for n in beside if _has_words(reading, n)]
    is_enough = opens_section(name) or (len(found) > 2 and 2 * len(found) >= len(beside))
    return beside if is_enough and len(found) > 1 else []


def _part(reading: Reading, heading: Passage, end: int, rule: str) -> Part:
    line = " ".join(_words(reading, heading).split())
    number = _leading_number(line)
    title = line
    if number:
        title = line[line.index(number) + len(number) :].strip(" -–—:|,.")
    elif heading.kind is not PassageKind.HEADING:
        title = ""
    return Part(title or line if heading.kind is PassageKind.HEADING else title, number,
                heading.start, end, rule)  # fmt: skip


def _block(text: str, each: Passage, start: int, top: int, n: int) -> Block:
    words = text[each.start : each.end]
    span = (each.start - start, each.end - start)
    if each.kind is PassageKind.HEADING:
        level = 0 if n == 0 else max(1, _depth(each) - top + 1)
        return Block(each.kind, words, level=level, span=span)
    if each.kind is PassageKind.ROW:
        cells = tuple(cell.strip() for cell in words.split(" | "))
        return Block(each.kind, cells=cells, table=1, span=span)
    kind = PassageKind.PARAGRAPH if each.kind is PassageKind.HEADER else each.kind
    return Block(kind, words, span=span)


def _leading_number(line: str) -> str:
    match = _LEADING.match(line)
    return match[1] if match and is_policy_number(match[1]) else ""


def _is_heading(each: Passage) -> bool:
    return each.kind is PassageKind.HEADING


def _has_words(reading: Reading, n: int) -> bool:
    """Something stands under it: neither a title nor an entry of a table of contents does."""
    heading, after = reading.passages[n], reading.passages[n + 1 : n + 2]
    line = " ".join(_words(reading, heading).split())[:MAX_HEADING_IN_PATH]
    path = f"{heading.section}{SEPARATOR}{line}" if heading.section else line
    return bool(after) and after[0].section == path


def _depth(each: Passage) -> int:
    return each.section.count(SEPARATOR) + 2 if each.section else 1


def _words(reading: Reading, each: Passage) -> str:
    return reading.text[each.start : each.end]


def _bare(line: str) -> str:
    return _COUNTED.sub("", " ".join(line.split())).casefold().rstrip(":")
