"""A document's title: what it calls itself, and only then what its file is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft
from gross.intake.header.labels import label_of, labelled
from gross.intake.header.lines import Placed
from gross.intake.header.places import OUTSIDE, Place, Value
from gross.intake.numbers import own_number
from gross.intake.outline import is_titled, opens_section

MAX_TITLE = 200  # code points
MAX_LINE = 120
TITLE_BLOCKS = 12  # a title stands among the first blocks
TITLE_LINES = 3  # and, sharing its paragraph with other lines, among the very first

_PROPERTIES = frozenset({"owner", "author", "area", "applies_to", "status", "number", "effective"})

_GENERIC = re.compile(
    r"^(?:table of )?contents$|manual$|^untitled"
    r"|^(?:policy|procedure|policies)(?:\s*(?:and|&|/)\s*procedures?)?$"
    r"|^(?:institutional|hospital|departmental|nursing|administrative|clinical)\s+polic(?:y|ies)"
    r"(?:\s+and\s+procedures?)?(?:\s*\([A-Z&]+\))?$"
    r"|^page \d|^document\d*$|^home$|^draft$|^confidential$|^microsoft word",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^(?:policy\s*title|title|policy|procedure|guideline|protocol|subject)\s*:\s*", re.IGNORECASE
)
_HOSPITAL = r"(?:hospitals?|medical\s+cent(?:er|re)|health\s*(?:system|care)?|clinics?)"
# "LAKESIDE COMMUNITY HOSPITAL", "St. Brendan Medical Center - Intensive Care Unit"; and
# "Board Policy 4.03", which names a shelf and a number.
_WEAK = re.compile(
    rf"^(?!.*\b(?:in|at|from|the|to|for|on|by)\b)(?:[\w.'’&-]+\s+){{1,5}}{_HOSPITAL}"
    r"(?:\s*[-–—|,:(].*|\s+(?:campus|intranet))?$"
    r"|^(?:\w+\s+){0,2}(?:policy|procedure)\s*(?:#|no\.?|number)?\s*[A-Z]{0,4}[-.]?\d[\w.-]*$",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"^#{1,6}\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]\s+)?")  # in a plain text file
_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,4}[.)]|[A-Z][.)])\s")
_KINDS = (
    ("order set", re.compile(r"\border\s*sets?\b", re.IGNORECASE)),
    ("policy", re.compile(r"\bpolic(?:y|ies)\b", re.IGNORECASE)),
    ("procedure", re.compile(r"\bprocedures?\b|\bsop\b", re.IGNORECASE)),
    ("guideline", re.compile(r"\bguidelines?\b", re.IGNORECASE)),
    ("protocol", re.compile(r"\bprotocols?\b", re.IGNORECASE)),
    ("form", re.compile(r"\bform\b", re.IGNORECASE)),
)


def title_of(
    filename: str,
    draft: Draft,
    found: tuple[Placed, ...],
    header_blocks: frozenset[int],
    number: str,
) -> tuple[Value, tuple[str, ...]]:
    """Give the title, and a warning when only the file name could stand in."""
    candidates = (
        (_tidy(each.written, number), each) for each in _candidates(draft, found, header_blocks)
    )
    titles = [each for each in candidates if _is_title(each[0])]
    # A banner with the organisation's name, or a shelf's, is a title only when nothing else is.
    named = next((each for each in titles if not _WEAK.match(each[0])), None)
    if named or titles:
        title, place = named or titles[0]
        return Value("title", title, _within(place, title)), ()
    stem = " ".join(re.sub(r"[_\s]+", " ", PurePath(filename).stem).split())
    warning = f"{filename} names no title; its file name stands in."
    return Value("title", stem or filename, Place(OUTSIDE, 0, "")), (warning,)


def _within(place: Place, title: str) -> Place:
    """The place of a tidied title in its candidate."""
    at = place.written.find(title)
    return replace(place, at=place.at + max(at, 0), written=title)


def kind_in(words: str) -> str:
    """The kind of document that a title or a type field names: the last word of weight decides."""
    hits = [(match.start(), kind) for kind, pattern in _KINDS for match in pattern.finditer(words)]
    return max(hits)[1] if hits else ""


def _candidates(
    draft: Draft, found: tuple[Placed, ...], header_blocks: frozenset[int]
) -> Iterator[Place]:
    blocks = draft.blocks
    named = [each for each in found if each.label.field == "title" or _is_first_name(each)]
    yield from (_labelled(each) for each in named if _is_above(each.block, blocks))
    first = [n for n in range(len(blocks[:TITLE_BLOCKS])) if n not in header_blocks]
    headings = [n for n in first if blocks[n].kind is PassageKind.HEADING and not blocks[n].number]
    yield from (_whole(n, blocks) for n in headings if blocks[n].level == 0)
    yield from filter(None, map(_policy_named, found))
    yield from map(_labelled, named)
    is_shown = _is_shown(draft.title, blocks)
    property_ = Place(_shown_in(draft.title, blocks), 0, draft.title)
    if is_shown:
        yield property_
    plain = [n for n in headings if not _NUMBERED.match(blocks[n].text)]
    yield from (_whole(n, blocks) for n in plain if blocks[n].level == 1)
    yield property_
    yield from (Place(n, 0, _NUMBERED.sub("", blocks[n].text)) for n in headings[:1])
    yield from (_whole(n, blocks) for n in plain)
    lines = (n for n in first[:4] if _could_be_title(blocks[n]))
    # "Owner Jane Doe" among labelled lines is one of them, though it lost its colon.
    yield from (
        _whole(n, blocks)
        for n in lines
        if not (header_blocks and label_of(blocks[n].text.partition(" ")[0]) in _PROPERTIES)
    )
    yield from _first_lines(blocks)
    yield from (_whole(each.block, blocks) for each in found if _ends_a_title(each, blocks))


def _is_first_name(each: Placed) -> bool:
    return each.label.field == "name" and each.block == 0


def _labelled(each: Placed) -> Place:
    return Place(each.block, each.label.at, each.label.value, each.label.name)


def _is_above(n: int, blocks: tuple[Block, ...]) -> bool:
    """A label below a section's heading may be another's: a mail's subject, a person's title."""
    is_edge = n < 0 or blocks[n].kind is PassageKind.HEADER
    return is_edge or not any(
        each.kind is PassageKind.HEADING and each.level for each in blocks[:n]
    )


def _first_lines(blocks: tuple[Block, ...]) -> Iterator[Place]:
    """A title may share its paragraph with the lines under it, where nothing parts them."""
    for n, block in enumerate(blocks[:TITLE_LINES]):
        lines = block.text.split("\n")
        for line in lines[:TITLE_LINES] if len(lines) > 1 else ():
            if len(line) <= MAX_LINE and is_titled(line) and not labelled(line):
                yield Place(n, max(block.shown.find(line), 0), line)


def _ends_a_title(each: Placed, blocks: tuple[Block, ...]) -> bool:
    """ "Pressure Injury Prevention Policy #166": the number's label is the title's last word."""
    if not 0 <= each.block < TITLE_LINES or each.label.field != "number":
        return False
    line = blocks[each.block].shown
    before = line[: each.label.start].strip()
    is_last = line.endswith(each.label.value) and "\n" not in line and ":" not in line
    return is_last and len(before) > 3 and is_titled(before)


def _whole(n: int, blocks: tuple[Block, ...]) -> Place:
    return Place(n, max(blocks[n].shown.find(blocks[n].text), 0), blocks[n].text)


def _policy_named(each: Placed) -> Place | None:
    """The title in "Policy: QUA-008 Patient Complaints" and in "Policy: Obstetric Hemorrhage"."""
    value = each.label.value if each.label.field == "policy" else ""
    number = own_number(value)
    rest = value[len(number) :].strip() if value.startswith(number) else ""
    if not rest or re.search(r"\d", rest):
        return None
    return Place(each.block, each.label.at + value.rindex(rest), rest, each.label.name)


def _shown_in(title: str, blocks: tuple[Block, ...]) -> int:
    """The block that shows a title of the file's properties."""
    wanted = " ".join(title.split()).casefold()
    shown = [" ".join(block.shown.split()).casefold() for block in blocks[:TITLE_BLOCKS]]
    matter = next((n for n, block in enumerate(blocks[:1]) if block.span and not block.text), -1)
    return next(
        (n for n, line in enumerate(shown) if wanted and wanted in line),
        OUTSIDE if matter < 0 else -1,
    )


def _is_shown(title: str, blocks: tuple[Block, ...]) -> bool:
    """A file's properties often hold the title of the file it was copied from; the page decides."""
    wanted = " ".join(title.split()).casefold()
    shown = " ".join(block.shown for block in blocks[:TITLE_BLOCKS])
    return bool(wanted) and wanted in " ".join(shown.split()).casefold()


def _could_be_title(block: Block) -> bool:
    line = block.text
    return (
        block.kind is PassageKind.PARAGRAPH
        and not block.number
        and len(line) <= 120
        and "\n" not in line
        and not line.endswith((".", ":", ";", ","))
    )


def _is_title(title: str) -> bool:
    has_words = sum(letter.isalpha() for letter in title) >= 3 and not label_of(title)
    return (
        has_words
        and len(title) <= MAX_TITLE
        and not title.endswith(":")
        and not opens_section(title)
        and not _GENERIC.search(title)
    )


def _tidy(candidate: str, number: str) -> str:
    title = " ".join(candidate.split()).strip(" *_|\"“”'")
    title = _PREFIX.sub("", _MARKUP.sub("", title))
    if number and title.startswith(number):
        title = title[len(number) :].lstrip(" -–—:|,.")
    return title.strip()
