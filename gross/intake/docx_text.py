"""The words of a Word paragraph: insertions accepted, deletions dropped, fields as shown."""

from __future__ import annotations

from dataclasses import dataclass, field

from gross.intake.xml import Element, attribute, child, name

# What never shows here on the page: deletions, text moved away, field codes, properties.
_DROPPED = frozenset(
    {"del", "moveFrom", "delText", "delInstrText", "instrText", "rPr", "pPr", "sdtPr", "sdtEndPr"}
    | {"annotationRef", "footnoteRef", "endnoteRef", "commentReference", "fldData", "ffData"}
)
_BREAKS = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "",
    "ptab": "\t",
}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


@dataclass(slots=True)
class Words:
    """A paragraph's words as they are gathered, with its anchored text boxes and its notes."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def words_of(paragraph: Element) -> Words:
    words = Words()
    _gather(paragraph, words)
    return words


def _gather(element: Element, words: Words) -> None:
    for each in element:
        tag = name(each)
        if tag == "t":
            words.pieces.append(each.text or "")
        elif tag in _DROPPED:
            continue
        elif tag in _BREAKS:
            words.pieces.append(_BREAKS[tag])
        elif tag == "txbxContent":
            words.boxes.append(each)
        elif not _gather_special(each, tag, words):
            _gather(each, words)


def _gather_special(element: Element, tag: str, words: Words) -> bool:
    """Take what is neither text nor a plain container; say whether it was taken."""
    if tag in _NOTES:
        words.notes.append((_NOTES[tag], attribute(element, "id")))
    elif tag == "sym":
        words.pieces.append(_symbol(attribute(element, "char")))
    elif tag == "AlternateContent":
        chosen = _first_with_text(element)
        if chosen is not None:
            _gather(chosen, words)
    else:
        return tag == "r" and _is_hidden(element)
    return True


def _first_with_text(alternate: Element) -> Element | None:
    """Word writes a text box twice, for new and old programs: one of the two is read."""
    choices = [each for each in alternate if name(each) in {"Choice", "Fallback"}]
    with_text = (each for each in choices if any(name(inner) == "t" for inner in each.iter()))
    return next(with_text, choices[0] if choices else None)


def _is_hidden(run: Element) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and attribute(vanish, "val") not in {"0", "false", "off"}


def _symbol(code: str) -> str:
    """A symbol font's character; those of the private area become a bullet."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return chr(point) if 0x20 <= point < 0xD800 else "•"
