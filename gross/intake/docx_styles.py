"""Word's styles: which paragraphs are headings, titles or items, through all they rest on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gross.intake.docx_names import W, inner, is_on, value
from gross.intake.xml import Element

MAX_CHAIN = 30  # styles may be based on one another in a circle
_HEADING = re.compile(r"^heading ?([1-9])$", re.IGNORECASE)
_ON = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says. `heading`: 1 to 9, 0 for none. `list_depth` None: not said.

    `chain` is its own id and those of the styles it rests on, nearest first.
    """

    heading: int = 0
    is_title: bool = False
    is_contents: bool = False
    is_hidden: bool = False
    list_id: str = ""
    list_depth: int | None = None
    chain: tuple[str, ...] = ()


@dataclass(slots=True)
class Styles:
    """A document's styles, each read when first asked for. `default` is the paragraphs' own."""

    elements: dict[str, Element] = field(default_factory=dict)
    default: str = ""
    read: dict[str, Style] = field(default_factory=dict)

    def of(self, style_id: str) -> Style:
        if style_id not in self.read:
            self.read[style_id] = _style(self.elements, style_id)
        return self.read[style_id]


def without_table_styles(content: bytes) -> bytes:
    """Cut the styles of tables out of styles.xml: most of its bytes, and they say nothing here."""
    first, *rest = content.split(b"<w:style ")
    if not rest:
        return content
    kept = [piece for piece in rest[:-1] if b'w:type="table"' not in piece.partition(b">")[0]]
    return b"<w:style ".join([first, *kept, rest[-1]])


def read_styles(root: Element | None) -> Styles:
    """Find the styles of paragraphs and of characters, whose ids never meet."""
    styles = Styles()
    for each in root.iterchildren(W + "style") if root is not None else ():
        style_id = each.get(W + "styleId", "")
        styles.elements[style_id] = each
        is_paragraphs = each.get(W + "type", "paragraph") == "paragraph"
        if is_paragraphs and each.get(W + "default") in _ON and not styles.default:
            styles.default = style_id
    return styles


def outline_level(properties: Element | None) -> int:
    """The heading depth that paragraph properties give by themselves, 0 for none."""
    written = value(inner(properties, "outlineLvl"))
    return int(written) + 1 if written in set("012345678") else 0


def list_of(properties: Element | None) -> tuple[str, int | None]:
    """The list that paragraph properties name: ("", None) says nothing, ("0", None) says none."""
    numbering = inner(properties, "numPr")
    if numbering is None:
        return "", None
    depth = value(inner(numbering, "ilvl"))
    return value(inner(numbering, "numId")), int(depth) if depth in set("012345678") else None


def _style(elements: dict[str, Element], key: str) -> Style:
    heading, is_title, is_contents, list_id, list_depth = 0, False, False, "", None
    hidden: Element | None = None
    chain = _chain(elements, key)
    for element in chain.values():
        shown = value(inner(element, "name"))
        named = _HEADING.match(shown)
        properties = inner(element, "pPr")
        heading = heading or (int(named[1]) if named else outline_level(properties))
        is_title = is_title or shown.lower() == "title"
        is_contents = is_contents or shown.lower().startswith("toc ")
        own_list, own_depth = list_of(properties)
        list_id = list_id or own_list
        list_depth = own_depth if list_depth is None else list_depth
        hidden = inner(element, "rPr", "vanish") if hidden is None else hidden
    is_hidden = is_on(hidden)
    return Style(heading, is_title, is_contents, is_hidden, list_id, list_depth, tuple(chain))


def _chain(elements: dict[str, Element], key: str) -> dict[str, Element]:
    chain: dict[str, Element] = {}
    while key in elements and key not in chain and len(chain) < MAX_CHAIN:
        chain[key] = elements[key]
        key = value(inner(elements[key], "basedOn"))
    return chain
