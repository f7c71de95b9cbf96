"""Word's fields: the result stands on the page, the instruction does not; they nest and run on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gross.intake.docx.names import VAL, W, inner, is_on, value
from gross.intake.xml import Element

KIND = W + "fldCharType"
CHECKED, UNCHECKED = "☒", "☐"
_CHARACTER = W + "fldChar"
_ARGUMENT = re.compile(r'"([^"]*)"|(\S+)')
_LISTS = frozenset({"TOC", "INDEX", "TOA", "RD"})  # they say again what the pages say
_WITH_ARGUMENT = frozenset({"\\o", "\\t", "\\m"})


@dataclass(slots=True)
class Field:
    """An open field. `words` are those of the paragraph where its result began, at `start`."""

    form: Element | None = None
    code: list[str] = field(default_factory=list)
    is_code: bool = True
    words: object = None
    start: int = 0

    @property
    def instruction(self) -> str:
        return "".join(self.code).strip()

    @property
    def repeats_pages(self) -> bool:
        """A table of contents, or another list of what stands elsewhere."""
        return self.instruction.partition(" ")[0].upper() in _LISTS


def drop_unclosed(root: Element) -> None:
    """Take out the marks of fields that never end: their words are text, not instructions."""
    is_open: list[Element] = []
    for each in root.iter(_CHARACTER):
        kind = each.get(KIND)
        if kind == "begin":
            is_open.append(each)
        elif kind == "end" and is_open:
            is_open.pop()
    for each in is_open:
        each.getparent().remove(each)


def target_of(instruction: str) -> str:
    """Where a HYPERLINK field leads, "" for other fields."""
    found = [(a or b, bool(a)) for a, b in _ARGUMENT.findall(instruction)]
    if not found or found[0][0].upper() != "HYPERLINK":
        return ""
    address, anchor = "", ""
    words = iter(found[1:])
    for word, is_quoted in words:
        if is_quoted or not word.startswith("\\"):
            address = address or word
        elif word == "\\l":
            anchor = _next(words)
        elif word in _WITH_ARGUMENT:
            _next(words)
    return f"{address}#{anchor}" if anchor else address


def form_shown(form: Element | None) -> str:
    """What a form field of old Word shows that has no result: its box, or its chosen entry."""
    box, choices = inner(form, "checkBox"), inner(form, "ddList")
    if box is not None:
        state = inner(box, "checked")
        state = inner(box, "default") if state is None else state
        return CHECKED if is_on(state) else UNCHECKED
    if choices is None:
        return ""
    entries = [each.get(VAL, "") for each in choices.iterchildren(W + "listEntry")]
    chosen = value(inner(choices, "result")) or value(inner(choices, "default")) or "0"
    n = int(chosen) if chosen.isdecimal() and len(chosen) < 4 else 0
    return str(entries[n]) if n < len(entries) else ""


def _next(words: Iterator[tuple[str, bool]]) -> str:
    return next(words, ("", False))[0]
