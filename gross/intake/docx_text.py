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
TITLE_HALF_POINTS = 26  # 13 points; text is set in 10 to 12
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


def is_set_as_title(paragraph: Element) -> bool:
    """Tell bold words that are centred or larger than text, as titles without a style are."""
    runs = [each for each in paragraph.iter() if name(each) == "r" and _has_words(each)]
    bold = [_is_on(child(run, "rPr", "b")) for run in runs]
    sizes = [attribute(child(run, "rPr", "sz"), "val") for run in runs]
    is_large = any(size.isdecimal() and int(size) >= TITLE_HALF_POINTS for size in sizes)
    is_centred = attribute(child(paragraph, "pPr", "jc"), "val") == "center"
    return bool(bold) and all(bold) and (is_large or is_centred)


def _has_words(run: Element) -> bool:
    return any(name(each) == "t" and (each.text or "").strip() for each in run)


def _is_on(switch: Element | None) -> bool:
    return switch is not None and attribute(switch, "val") not in {"0", "false", "off"}


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
    return _is_on(child(run, "rPr", "vanish"))


def _symbol(code: str) -> str:
    """A symbol font's character; those of the private area become a bullet."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return chr(point) if 0x20 <= point < 0xD800 else "•"
