"""Word's XML made small before it is parsed: what is not read goes, what repeats is told once.

Most of a Word file says how it looks: twelve elements for a paragraph of one line. Cutting them
out of the bytes costs less than building and walking their tree. Only what is written as Word and
LibreOffice write it is cut; all else stays for the parser, which has the last word.
"""

from __future__ import annotations

import re

from gross.intake.docx.names import W
from gross.intake.xml import Element

KEY = "gross"  # the attribute by which a paragraph names its properties
_TABLE = b"<w:gross>", b"</w:gross>"
_ATTRIBUTE = rb'(?: [\w:]+="[^"<>]*")'
_EMPTY = rb"<\w+:\w+" + _ATTRIBUTE + rb"*/>"
_NESTED = re.compile(rb"(?:%b|<w:(numPr|tabs|rPr|pBdr)>(?:%b)*+</w:\1>)*+" % (_EMPTY, _EMPTY))
_READ = re.compile(
    rb"<w:(?:pStyle|outlineLvl|framePr|jc)%b*/>|<w:numPr>(?:%b)*+</w:numPr>" % (_ATTRIBUTE, _EMPTY)
)
_UTF_8 = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=.utf-8.[^>]*>\s*<w:", re.IGNORECASE)
_NOISE = re.compile(
    rb"<w:(?:proofErr|bookmarkStart|bookmarkEnd|lastRenderedPageBreak)" + _ATTRIBUTE + rb"*/>"
)
_RUN_STARTS, _RUN_ENDS = b"<w:r><w:t>", b"</w:t></w:r>"
_RUNS = (b"vanish", b"rStyle", b"b/", b"b ", b"del", b"moveFrom")
_CELLS = (b"vMerge", b"hMerge", b"cellDel")
_PRIVATE = re.compile(b"\xef[\x80-\x83]")  # where symbol fonts have their characters


def compacted(content: bytes) -> bytes:
    """A part's XML without looks; as it was when it is not written in the usual way.

    Each paragraph's properties are told once, at the end, and named by their place there.
    """
    if not _is_usual(content):
        return content
    if not _has_symbols(content):
        content = _lighter(content.replace(b"<w:rPr/>", b""), b"rPr", _RUNS)
    if b"<w:tbl>" in content:
        content = _lighter(_lighter(content, b"tcPr", _CELLS), b"trPr", (b"del",))
    content = _NOISE.sub(b"", _bare_runs(_with_keys(content)))
    return _joined(content.replace(b'<w:t xml:space="preserve">', b"<w:t>"))


def known_of(root: Element) -> dict[str, Element]:
    """The properties that the paragraphs of a tree name instead of telling them."""
    table = root[-1] if len(root) else root
    return {str(n): each for n, each in enumerate(table)} if table.tag == W + "gross" else {}


def _is_usual(content: bytes) -> bool:
    """In UTF-8, its root named as Word does, without comments and sections of raw text.

    One rare byte is found at once; only where it stands is the longer search worth it.
    """
    has_raw = b"!" in content and b"<!" in content
    return not has_raw and bool(_UTF_8.match(content[:200]))


def _has_symbols(content: bytes) -> bool:
    return bool(_PRIVATE.search(content)) or (b"#" in content and b"&#" in content)


def _joined(content: bytes) -> bytes:
    """Make plain runs behind one another one run; those that are hidden or bold stay apart."""
    if _RUN_ENDS + _RUN_STARTS not in content:
        return content
    first, *rest = content.split(_RUN_STARTS)
    pieces = [first]
    goes_on = False
    for piece in rest:
        if goes_on:
            pieces[-1] = pieces[-1][: -len(_RUN_ENDS)]
        else:
            pieces.append(_RUN_STARTS)
        pieces.append(piece)
        goes_on = piece.endswith(_RUN_ENDS) and piece.count(b"<") == 2
    return b"".join(pieces)


def _bare_runs(content: bytes) -> bytes:
    """Drop the attributes of runs, which say who typed them in which sitting."""
    first, *rest = content.split(b"<w:r ")
    pieces = [first]
    for piece in rest:
        said, _, after = piece.partition(b">")
        pieces += (b"<w:r>", after) if _is_whole(said) else (b"<w:r ", piece)
    return b"".join(pieces) if rest else content


def _is_whole(said: bytes) -> bool:
    """Tell a tag's attributes, cut at the first ">", that end there, and the tag opens."""
    return said.count(b'"') % 2 == 0 and b"'" not in said and said[-1:] != b"/"


def _with_keys(content: bytes) -> bytes:
    first, *rest = content.split(b"<w:pPr>")
    pieces = [first]
    keys: dict[bytes, bytes] = {}
    table: dict[bytes, bytes] = {}
    for piece in rest:
        inside, _, after = piece.partition(b"</w:pPr>")
        key = keys.get(inside)
        if key is None:
            key = keys[inside] = _key(inside, table) if len(inside) < len(piece) else b""
        before = pieces[-1]
        start = before.rfind(b"<w:p")
        if key and _opens(before[start + 4 :]):
            pieces[-1:] = before[:start], key, after
        else:
            pieces += b"<w:pPr>", piece
    end = pieces[-1].rfind(b"</")
    if table and end >= 0:
        pieces[-1:] = pieces[-1][:end], _TABLE[0], *table, _TABLE[1], pieces[-1][end:]
    return b"".join(pieces)


def _key(inside: bytes, table: dict[bytes, bytes]) -> bytes:
    """The opening of a paragraph that names its properties in the table; none for unusual ones."""
    if not _NESTED.fullmatch(inside):
        return b""
    says_more = b"<w:del" in inside or b"<w:moveFrom" in inside
    told = b"<w:pPr>%b</w:pPr>" % (inside if says_more else b"".join(_READ.findall(inside)))
    return table.setdefault(told, b'<w:p %b="%d">' % (KEY.encode(), len(table)))


def _opens(said: bytes) -> bool:
    """Tell the rest of a tag that just opened a paragraph, from all else that may follow."""
    return said == b">" or (
        said[:1] == b" " and said[-1:] == b">" and b">" not in said[:-1] and _is_whole(said[:-1])
    )


def _lighter(content: bytes, tag: bytes, read: tuple[bytes, ...] = ()) -> bytes:
    """Drop the properties of that tag that say nothing that is `read`."""
    start, end = b"<w:%b>" % tag, b"</w:%b>" % tag
    first, *rest = content.split(start)
    read = tuple(b"<w:" + each for each in read)
    pieces = [first]
    kept: dict[bytes, bytes] = {}
    for piece in rest:
        inside, found, after = piece.partition(end)
        if not found:  # what was before a change is told inside of what is now
            pieces += start, piece
            continue
        if inside not in kept:
            says = any(each in inside for each in read)
            kept[inside] = start + inside + end if says else b""
        pieces += kept[inside], after
    return b"".join(pieces) if rest else content
