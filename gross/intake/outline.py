"""Structure that a format does not mark: headings and list items told by how their line looks."""

from __future__ import annotations

import re
from dataclasses import replace

from gross.domain.passage import PassageKind
from gross.intake.blocks import Block

MAX_HEADING_CHARACTERS = 100

_SECTION = re.compile(
    r"^(?:(?:\d{1,2}(?:\.\d+)*|[IVX]+|[A-Z])[.):]?\s+)?"
    r"(?:purpose|policy(?:\s+(?:statement|elements))?|scope|definitions?|procedures?|introduction"
    r"|background|statement|objectives?|responsibilit(?:y|ies)|reason for issue|key words"
    r"|philosophy|rationale|references|documentation|exceptions|enforcement|compliance"
    r"|equipment|attachments|related (?:policies|documents)|roles and responsibilities)\s*:?\s*$",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"^(\d{1,2}(?:\.\d{1,3}){0,5})[.)]?\s+(?=\S)")
_ROMAN = re.compile(r"^(?:[IVX]{1,5})[.)]\s+(?=\S)")
_LETTER = re.compile(r"^[A-Z][.)]\s+(?=\S)")
_NAMED = re.compile(r"^(?:section|chapter|part|article|appendix)\s+[\dA-Z]{1,4}\b", re.IGNORECASE)
_BULLET = re.compile(
    r"^(?:[-*•·◦▪‣–o]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,3}){1,5}\.?)\s+(?=\S)"
)
_SMALL = re.compile(r"an?|and|as|at|by|for|from|in|into|of|on|or|the|to|with|per|via|vs")
_PAGE = re.compile(r"^\W*(?:page\s*)?\d*\s*(?:(?:of|/|\|)\s*\d*)?\W*$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;,:?!]$")


def heading_level(line: str) -> int:
    """The depth that a line's own look gives it as a heading, 0 when it does not look like one."""
    if not line or len(line) > MAX_HEADING_CHARACTERS or "|" in line:
        return 0
    for pattern, level in ((_ROMAN, 1), (_LETTER, 2), (_NAMED, 1)):
        if pattern.match(line):
            return level if is_titled(pattern.sub("", line)) or pattern is _NAMED else 0
    numbered = _DECIMAL.match(line)
    if numbered:
        depth = numbered[1].removesuffix(".0").count(".") + 1
        return depth if is_titled(line[numbered.end() :]) else 0
    return 1 if _shouted(line) or (line[0].isupper() and opens_section(line)) else 0


def with_headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Find the headings by their look in a document that marks none: bold capitals were enough."""
    if any(block.kind is PassageKind.HEADING and block.level for block in blocks):
        return blocks
    return tuple(_promoted(block) for block in blocks)


def _promoted(block: Block) -> Block:
    if block.cells or block.kind not in {PassageKind.PARAGRAPH, PassageKind.ITEM}:
        return block
    level = heading_level(block.shown)
    if not level or (block.kind is PassageKind.ITEM and not heading_level(block.text)):
        return block
    return replace(block, kind=PassageKind.HEADING, level=level)


def opens_section(line: str) -> bool:
    """Say whether a line opens a section of any policy, and so can be nobody's title."""
    return bool(_SECTION.match(line))


def is_item(line: str) -> bool:
    return bool(_BULLET.match(line))


def is_page_number(line: str) -> bool:
    """Say whether a page edge counts pages and says nothing else."""
    return bool(_PAGE.match(line))


def is_titled(words: str) -> bool:
    """Words that a heading would be set in: each word of weight begins with a capital."""
    if _SENTENCE_END.search(words.removesuffix(":")) or len(words) > 80:
        return False
    weighty = [
        word for word in re.findall(r"[^\W\d_][\w'’-]*", words) if not _SMALL.fullmatch(word)
    ]
    return bool(weighty) and all(word[0].isupper() for word in weighty)


def _shouted(line: str) -> bool:
    if not line.isupper() or line.endswith("_"):  # most lines are passed over here
        return False
    letters = sum(letter.isalpha() for letter in line)
    return letters >= 4 and not _SENTENCE_END.search(line.removesuffix(":"))
