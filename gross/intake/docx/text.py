"""The words of a Word paragraph: insertions accepted, deletions kept aside, fields as shown."""

from __future__ import annotations

import re
from collections.abc import Callable

from gross.intake.blocks import Mark
from gross.intake.docx.compact import KEY
from gross.intake.docx.fields import KIND, Field, form_shown, target_of
from gross.intake.docx.names import (
    ALTERNATE,
    DIAGRAM,
    ID,
    VAL,
    WORDS,
    R,
    W,
    chosen_of,
    inner,
    is_on,
)
from gross.intake.docx.styles import Properties, properties_of
from gross.intake.docx.symbols import symbol, without_private
from gross.intake.docx.words import Story, Words
from gross.intake.xml import Element

_RUN, _PROPERTIES, _TEXT, _PARAGRAPH_PROPERTIES = W + "r", W + "rPr", W + "t", W + "pPr"
_PRIVATE = re.compile("[\uf000-\uf0ff]")  # where symbol fonts have their characters
_VANISH, _RUN_STYLE = W + "vanish", W + "rStyle"


def add_words(paragraph: Element, words: Words, story: Story) -> None:
    """Gather a paragraph's properties, and its words after those that are there."""
    words.own = story.bare
    words.is_contents = words.is_contents or story.in_contents > 0
    known = story.known.get(paragraph.get(KEY))
    if known is not None:
        _set(words, known)
    for each in paragraph:
        tag = each.tag
        if tag == _RUN:
            _run(each, words, story)
        elif tag == _PARAGRAPH_PROPERTIES:
            _set(words, story.styles.resolved(properties_of(each)))
        else:
            _TAKERS.get(tag, _gather)(each, words, story)


def plain_words(paragraph: Element) -> str | None:
    """The words of a paragraph of plain runs, as most are; None for any other."""
    text = ""
    for run in paragraph:
        if run.tag != _RUN:
            return None
        for each in run:
            if each.tag != _TEXT:
                return None
            text += each.text or ""
    return text if text.isascii() or not _PRIVATE.search(text) else None


def _set(words: Words, own: Properties) -> None:
    words.own, words.is_hidden = own, own.style.is_hidden


def keep_deleted(element: Element, words: Words, story: Story) -> None:
    _aside("deleted", element, words, story)


def _gather(element: Element, words: Words, story: Story) -> None:
    for each in element:
        _TAKERS.get(each.tag, _gather)(each, words, story)


def _drop(element: Element, words: Words, story: Story) -> None:
    pass


def _run(run: Element, words: Words, story: Story) -> None:
    is_hidden = words.is_hidden
    for each in run:
        tag = each.tag
        if tag == _TEXT:
            if is_hidden:
                _aside("hidden", run, words, story)
                return
            _text(each, words, story)
        elif tag == _PROPERTIES:
            is_hidden = _hides(each, story, is_hidden=is_hidden)
        else:
            _TAKERS.get(tag, _gather)(each, words, story)


def _hides(properties: Element, story: Story, *, is_hidden: bool) -> bool:
    style = None
    for each in properties:
        if each.tag == _VANISH:
            return is_on(each)
        if each.tag == _RUN_STYLE:
            style = each.get(VAL, "")
    return is_hidden or (style is not None and story.styles.of(style).is_hidden)


def _text(element: Element, words: Words, story: Story) -> None:
    text = element.text
    if text and not story.in_code:
        is_plain = text.isascii() or not _PRIVATE.search(text)
        words.pieces.append(text if is_plain else without_private(text, _font(element)))


def _font(element: Element) -> str:
    fonts = inner(element.getparent(), "rPr", "rFonts")
    return "" if fonts is None else str(fonts.get(W + "ascii", ""))


def _shows(shown: str) -> Callable[[Element, Words, Story], None]:
    def take(element: Element, words: Words, story: Story) -> None:
        if not story.in_code:
            words.pieces.append(shown)

    return take


def _symbol(element: Element, words: Words, story: Story) -> None:
    if not story.in_code:
        words.pieces.append(symbol(element.get(W + "char", ""), element.get(W + "font", "")))


def _aside(kind: str, element: Element, words: Words, story: Story) -> None:
    """Gather an element as usual, but for the side: its fields and comments keep their places."""
    if words.is_aside:
        _gather(element, words, story)
        return
    outside = (words.pieces, words.marks, words.notes, words.anchored, words.is_hidden)
    words.pieces, words.marks, words.notes, words.anchored = [], (), (), ()
    words.is_aside, words.is_hidden = True, False
    _gather(element, words, story)
    text = "".join(words.pieces)
    marks: tuple[Mark, ...] = words.marks
    words.pieces, words.marks, words.notes, words.anchored, words.is_hidden = outside
    words.is_aside = False
    if kind:
        words.keep_aside(kind, text)
    for mark in marks:
        if mark.kind == "comment":
            words.keep_aside(mark.kind, mark.value)


def _moved_away(element: Element, words: Words, story: Story) -> None:
    """Moved text is read where it went; here it only may open or close fields."""
    _aside("", element, words, story)


def _link(element: Element, words: Words, story: Story) -> None:
    start = len(words.pieces)
    _gather(element, words, story)
    relation = story.relations.get(element.get(R + "id", ""))
    target, anchor = relation.target if relation else "", element.get(W + "anchor")
    _mark_link(words, start, f"{target}#{anchor}" if anchor else target)


def _mark_link(words: Words, start: int, target: str) -> None:
    if target and start < len(words.pieces):
        words.marks += (Mark("link", start, len(words.pieces), target),)


def _simple_field(element: Element, words: Words, story: Story) -> None:
    found = Field(code=[element.get(W + "instr", "")])
    start = len(words.pieces)
    words.is_contents |= found.repeats_pages
    _gather(element, words, story)
    _mark_link(words, start, target_of(found.instruction))


def _field_mark(element: Element, words: Words, story: Story) -> None:
    kind = element.get(KIND)
    if kind == "begin":
        story.fields.append(Field(form=inner(element, "ffData")))
        story.in_code += 1
    elif kind == "separate" and story.fields and story.fields[-1].is_code:
        _open_result(story.fields[-1], words, story)
    elif kind == "end" and story.fields:
        _close(story.fields.pop(), words, story)


def _open_result(opened: Field, words: Words, story: Story) -> None:
    opened.is_code, opened.words, opened.start = False, words, len(words.pieces)
    story.in_code -= 1
    if opened.repeats_pages:
        story.in_contents += 1
        words.is_contents = True


def _close(closed: Field, words: Words, story: Story) -> None:
    if closed.is_code:
        story.in_code -= 1
    elif closed.repeats_pages:
        story.in_contents -= 1
        words.is_contents = bool(words.pieces)
    if story.in_code:
        return
    start = closed.start if closed.words is words else 0
    if not closed.is_code:
        _mark_link(words, start, target_of(closed.instruction))
    shown = form_shown(closed.form)
    if shown and not "".join(words.pieces[start:] if closed.words is words else ()).strip():
        words.pieces.append(shown)


def _instruction(element: Element, words: Words, story: Story) -> None:
    if story.fields and story.fields[-1].is_code:
        story.fields[-1].code.append(element.text or "")


def _note(element: Element, words: Words, story: Story) -> None:
    kind = "footnote" if element.tag == W + "footnoteReference" else "endnote"
    words.notes += ((kind, element.get(ID, "")),)


def _comment(element: Element, words: Words, story: Story) -> None:
    words.keep_aside("comment", story.comments.get(element.get(ID, ""), ""))


def _anchored(element: Element, words: Words, story: Story) -> None:
    words.anchored += (element,)


def _alternate(element: Element, words: Words, story: Story) -> None:
    _gather(chosen_of(element), words, story)


def _nested_paragraph(element: Element, words: Words, story: Story) -> None:
    """Only deleted rows and drawings have paragraphs here."""
    _gather(element, words, story)
    words.pieces.append(" ")


_NEVER_SHOWN = (
    "rPr", "pPr", "sdtPr", "sdtEndPr", "tblPr", "delInstrText", "annotationRef",
    "footnoteRef", "endnoteRef", "fldData", "ffData", "rt", "proofErr", "bookmarkStart",
    "bookmarkEnd", "lastRenderedPageBreak",
)  # fmt: skip
_TAKERS: dict[str, Callable[[Element, Words, Story], None]] = {
    _RUN: _run,
    **dict.fromkeys((*WORDS, W + "delText"), _text),
    **{W + tag: _drop for tag in _NEVER_SHOWN},
    **{W + tag: _shows("\t") for tag in ("tab", "ptab")},
    **{W + tag: _shows("\n") for tag in ("br", "cr")},
    W + "noBreakHyphen": _shows("-"),
    W + "softHyphen": _drop,
    W + "sym": _symbol,
    W + "del": keep_deleted,
    W + "moveFrom": _moved_away,
    W + "hyperlink": _link,
    W + "fldSimple": _simple_field,
    W + "fldChar": _field_mark,
    W + "instrText": _instruction,
    W + "footnoteReference": _note,
    W + "endnoteReference": _note,
    W + "commentReference": _comment,
    W + "txbxContent": _anchored,
    DIAGRAM + "relIds": _anchored,
    ALTERNATE: _alternate,
    W + "p": _nested_paragraph,
}
