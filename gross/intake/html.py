"""Web pages: headings, paragraphs, lists and tables; scripts, menus and hidden text are dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gross.domain.passage import PassageKind
from gross.intake.blocks import Block, Draft
from gross.intake.decode import decode

_DROPPED = re.compile(
    r"script|style|nav|noscript|template|head|iframe|object|svg|math|select|button|"
    r"input|textarea|canvas|audio|video|dialog"
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCK = re.compile(
    r"address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|"
    r"figcaption|figure|footer|form|header|hr|html|legend|li|main|ol|p|pre|section|"
    r"summary|table|tbody|td|tfoot|th|thead|tr|ul|caption|h[1-6]"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(slots=True)
class _Page:
    """What has been read so far, and the open elements that give it its kind."""

    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    cells: list[str] | None = None
    heading: int = 0
    items: int = 0
    footers: int = 0
    tables: int = 0
    lists: list[int | None] = field(default_factory=list)  # how far each has counted; None: bullets
    number: str = ""  # of the item that has just begun

    def flush(self) -> None:
        """End the block that is open."""
        text = " ".join("".join(self.pieces).split())
        self.pieces.clear()
        if not text:
            return
        if self.cells is not None:
            self.cells[-1:] = [f"{self.cells[-1]} {text}".strip()] if self.cells else [text]
        else:
            self.blocks.append(Block(self._kind(), text, level=self.heading, number=self.number))
            self.number = ""

    def _kind(self) -> PassageKind:
        if self.footers:
            return PassageKind.HEADER
        if self.heading:
            return PassageKind.HEADING
        return PassageKind.ITEM if self.items else PassageKind.PARAGRAPH


def read(filename: str, content: bytes) -> Draft:
    declared = _CHARSET.search(content[:4096])
    text, warnings = decode(filename, content, declared[1].decode("ascii") if declared else "")
    return draft_of(text, warnings)


def draft_of(text: str, warnings: tuple[str, ...] = ()) -> Draft:
    """Read a page that is decoded already, as one inside a mail is."""
    parser = LexborHTMLParser(text)
    page = _Page()
    if parser.root is not None:
        _walk(parser.root, page)
    title = parser.css_first("head > title")
    return Draft(tuple(page.blocks), title=title.text() if title else "", warnings=warnings)


def _walk(root: LexborNode, page: _Page) -> None:
    """Walk without recursion: a page may nest its elements as deep as it likes."""
    node: LexborNode | None = root
    while node is not None:
        below = None if _is_dropped(node) else node.child
        if node.tag == "-text":
            page.pieces.append(node.text_content or "")
        elif not _is_dropped(node):
            _open(node, page)
        if below is not None:
            node = below
            continue
        if not _is_dropped(node):
            _close(node, page)
        node = _after(node, root, page)
    page.flush()


def _after(node: LexborNode, root: LexborNode, page: _Page) -> LexborNode | None:
    """The next node in reading order, closing the elements that end before it."""
    current: LexborNode | None = node
    while current is not None and current.next is None:
        current = current.parent
        if current is None or current.mem_id == root.mem_id:  # == compares all their HTML
            return None
        _close(current, page)
    return current.next if current is not None else None


def _is_dropped(node: LexborNode) -> bool:
    tag = node.tag or ""
    if _DROPPED.fullmatch(tag) or tag == "_comment":
        return True
    if not tag or tag.startswith("-"):
        return False
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _open(node: LexborNode, page: _Page) -> None:
    tag = node.tag or ""
    if _BLOCK.fullmatch(tag):
        page.flush()
    page.heading = _HEADINGS.get(tag, page.heading)
    page.items += tag == "li"
    page.footers += tag == "footer"
    page.tables += tag in {"table", "dl"}
    _open_list(node, tag, page)
    if tag == "br":
        page.pieces.append(" ")
    elif tag in {"tr", "dt"}:
        # A list of terms and what they mean is a table of two columns.
        _end_row(page)
        page.cells = [""] if tag == "dt" else []
    elif tag in {"td", "th", "dd"} and page.cells is not None:
        page.cells.append("")


def _open_list(node: LexborNode, tag: str, page: _Page) -> None:
    """Count the items of numbered lists, as the page shows them."""
    if tag == "ol":
        page.lists.append(_whole(node.attributes.get("start"), 1) - 1)
    elif tag in {"ul", "menu"}:
        page.lists.append(None)
    elif tag == "li":
        counted = page.lists[-1] if page.lists else None
        page.number = ""
        if counted is not None:
            page.lists[-1] = _whole(node.attributes.get("value"), counted + 1)
            page.number = f"{page.lists[-1]}."


def _whole(written: str | None, default: int) -> int:
    """A number of a list; what is none, or is no list's, counts on."""
    is_whole = written is not None and re.fullmatch(r"-?\d{1,6}", written.strip(), re.ASCII)
    return int(written or "") if is_whole else default


def _close(node: LexborNode, page: _Page) -> None:
    tag = node.tag or ""
    if _BLOCK.fullmatch(tag):
        page.flush()
    if tag in _HEADINGS:
        page.heading = 0
    page.items -= tag == "li"
    page.footers -= tag == "footer"
    if tag in {"ol", "ul", "menu"} and page.lists:
        page.lists.pop()
    if tag == "li":
        page.number = ""
    if tag in {"tr", "table", "dl"}:
        _end_row(page)


def _end_row(page: _Page) -> None:
    cells, page.cells = page.cells, None
    if not cells or not any(cells):
        return
    if len(cells) == 1:
        # One cell is a frame that a page was laid out with.
        page.blocks.append(Block(PassageKind.PARAGRAPH, cells[0]))
    else:
        page.blocks.append(Block(PassageKind.ROW, cells=tuple(cells), table=page.tables))
