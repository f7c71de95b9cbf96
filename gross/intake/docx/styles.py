"""Word's styles: which paragraphs are headings, titles or items, through all they rest on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gross.intake.docx.names import VAL, W, inner, is_on, value
from gross.intake.xml import Element

MAX_CHAIN = 30  # styles may be based on one another in a circle
_HEADING = re.compile(r"^heading ?([1-9])$", re.IGNORECASE)
_ON = frozenset({"1", "true", "on"})
MAX_HEAD = 100  # bytes of a style that hold its attributes, and at most its name
_TABLES, _CHARACTERS = b'w:type="table"', b'w:type="character"'
_LEVELS = frozenset("012345678")
_NAME, _PROPERTIES = W + "name", W + "pPr"
_STYLE, _NUMBERING, _OUTLINE, _MARK, _FRAME, _ALIGNMENT = (
    W + tag for tag in ("pStyle", "numPr", "outlineLvl", "rPr", "framePr", "jc")
)


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


NO_STYLE = Style()


@dataclass(slots=True, eq=False)
class Properties:
    """What a paragraph says of itself. `level`: its depth as a heading, 0 for none.

    `list_id` "" says nothing and "0" says none. `runs_on`: its end was deleted or moved, or its
    only letter is a drop cap, so that the next paragraph goes on with it.
    """

    style_id: str = ""
    level: int = 0
    list_id: str = ""
    list_depth: int | None = None
    runs_on: bool = False
    is_centred: bool = False
    style: Style = NO_STYLE
    counts_in: str = ""  # the list that counts it, by its own word or its style's
    is_plain: bool = True  # its words need no closer look than its runs do


NO_PROPERTIES = Properties()


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

    def resolved(self, own: Properties) -> Properties:
        """Put to a paragraph's properties what its style adds to them."""
        own.style = style = self.of(own.style_id or self.default)
        counts_in = own.list_id or style.list_id
        own.counts_in = counts_in if counts_in != "0" else ""
        own.is_plain = not (own.runs_on or style.is_hidden)
        return own


def without_looks(content: bytes) -> bytes:
    """Cut out of styles.xml what says nothing here, which is most of it.

    Gone are the styles of tables, those of characters unless one hides them, and the list of the
    styles that Word would show in its menus.
    """
    first, *rest = content.split(b"<w:style ")
    if not rest:
        return content
    before, _, latent = first.partition(b"<w:latentStyles")
    after = latent.partition(b"</w:latentStyles>")[2] if latent else b""
    kept = [piece for piece in rest[:-1] if _TABLES not in piece[:MAX_HEAD]]
    if not any(b"<w:vanish" in piece for piece in (*kept, rest[-1])):
        kept = [piece for piece in kept if _CHARACTERS not in piece[:MAX_HEAD]]
    return b"<w:style ".join([before + after, *kept, rest[-1]])


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


def properties_of(element: Element) -> Properties:
    """Read a `pPr`, as paragraphs and styles have it, in one pass: documents have thousands."""
    found = Properties()
    for each in element:
        tag = each.tag
        if tag == _STYLE:
            found.style_id = each.get(VAL, "")
        elif tag == _NUMBERING:
            depth = value(inner(each, "ilvl"))
            found.list_id = value(inner(each, "numId"))
            found.list_depth = int(depth) if depth in _LEVELS else None
        elif tag == _OUTLINE:
            written = each.get(VAL, "")
            found.level = int(written) + 1 if written in _LEVELS else 0
        elif tag == _MARK:
            runs_on = inner(each, "del") is not None or inner(each, "moveFrom") is not None
            found.runs_on = found.runs_on or runs_on
        elif tag == _FRAME:
            found.runs_on = found.runs_on or each.get(W + "dropCap", "none") != "none"
        elif tag == _ALIGNMENT:
            found.is_centred = each.get(VAL) == "center"
    return found


def _style(elements: dict[str, Element], key: str) -> Style:
    heading, is_title, is_contents, list_id, list_depth = 0, False, False, "", None
    hidden: Element | None = None
    chain = _chain(elements, key)
    for element in chain.values():
        says = {each.tag: each for each in element}
        shown = value(says.get(_NAME))
        named = _HEADING.match(shown)
        own = properties_of(says[_PROPERTIES]) if _PROPERTIES in says else NO_PROPERTIES
        heading = heading or (int(named[1]) if named else own.level)
        is_title = is_title or shown.lower() == "title"
        is_contents = is_contents or shown.lower().startswith("toc ")
        list_id = list_id or own.list_id
        list_depth = own.list_depth if list_depth is None else list_depth
        hidden = inner(says.get(_MARK), "vanish") if hidden is None else hidden
    is_hidden = is_on(hidden)
    return Style(heading, is_title, is_contents, is_hidden, list_id, list_depth, tuple(chain))


def _chain(elements: dict[str, Element], key: str) -> dict[str, Element]:
    chain: dict[str, Element] = {}
    while key in elements and key not in chain and len(chain) < MAX_CHAIN:
        chain[key] = elements[key]
        key = value(inner(elements[key], "basedOn"))
    return chain
