"""RTF taken apart: its groups and control words, and the characters between them.

After the RTF 1.9.1 specification. A group is one of text, of something beside it, or dropped.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

MAX_DEPTH = 500  # groups within groups; word processors stay below 50
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)"
)
# What has words that are not the document's.
_DROPPED = frozenset({
    "colortbl", "pict", "object", "objdata", "result", "themedata", "colorschememapping",
    "datastore", "datafield", "latentstyles", "listtable", "listoverridetable", "revtbl",
    "rsidtbl", "generator", "xmlnstbl", "fldinst", "bkmkstart", "bkmkend", "annotation",
    "atnid", "atnauthor", "atndate", "atnref", "atnparent", "atnicn", "nonshppict", "blipuid",
    "background", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "template",
    "operator", "filetbl", "mmathPr", "wgrffmtfilter", "passwordhash", "userprops", "private",
    "pnseclvl", "sn", "sv", "xe", "tc", "rxe", "formfield", "ffname", "ffdeftext", "ffstattext",
    "ffhelptext",
})  # fmt: skip
_STORIES = {
    "header": "edge", "headerl": "edge", "headerr": "edge", "headerf": "edge",
    "footer": "edge", "footerl": "edge", "footerr": "edge", "footerf": "edge",
    "footnote": "note", "shptxt": "box", "listtext": "number", "pntext": "number",
    "title": "title", "stylesheet": "styles", "fonttbl": "fonts", "info": "info",
}  # fmt: skip
_CHARACTERS = {
    "tab": "\t", "line": " ", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
    "qmspace": " ", "softline": " ",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}"}
# The Windows character sets by the numbers that fonts name them with.
_CHARSETS = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A control word ("par") with its number, or characters (`name` "").

    `story` is what they belong to: "" for the text, "edge", "note", "box", "number", "title",
    "styles". `group` counts the groups of a story, so that two footnotes stay apart.
    """

    name: str
    value: int | None
    text: str
    story: str
    group: int


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits, and its end gives back."""

    story: str = ""
    group: int = 0
    is_dropped: bool = False
    is_hidden: bool = False
    skip: int = 1  # characters that stand in for a Unicode one
    encoding: str = "cp1252"


@dataclass(slots=True)
class _Taking:
    states: list[_State] = field(default_factory=lambda: [_State()])
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    groups: int = 0
    pending: int = 0  # stand-ins still to skip
    raw: bytearray = field(default_factory=bytearray)  # bytes of one encoding, not yet decoded
    is_opened: bool = False  # the group has just begun
    is_optional: bool = False  # after \\*


def words(content: bytes) -> Iterator[Word]:
    """Give control words and characters in order, of all that is not dropped."""
    taking = _Taking()
    at = 0
    while True:
        token = _TOKEN.search(content, at)
        if token is None:
            break
        at = token.end()
        if token[1] == b"bin":
            at += max(int(token[2] or b"0"), 0)
            continue
        yield from _taken(taking, token)
    yield from _decoded(taking)


def _taken(taking: _Taking, token: re.Match[bytes]) -> Iterator[Word]:
    name, value, code, symbol, brace, text = token.groups()
    if code or text:
        yield from _characters(taking, bytes([int(code, 16)]) if code else text)
        return
    yield from _decoded(taking)
    if brace:
        _braced(taking, brace)
    elif symbol == b"*":
        taking.is_optional = True
    elif symbol:
        taking.is_opened = False
        if symbol in b"\r\n":
            yield from _shown(taking, "par", None, "")
        else:
            yield from _shown(taking, "", None, _SYMBOLS.get(symbol, ""))
    else:
        yield from _controlled(taking, name.decode("ascii"), int(value) if value else None)


def _braced(taking: _Taking, brace: bytes) -> None:
    taking.pending = 0
    taking.is_optional = False
    if brace == b"{":
        taking.is_opened = True
        if len(taking.states) < MAX_DEPTH:
            taking.states.append(taking.states[-1])
            return
        raise ValueError("groups within groups without end")
    taking.is_opened = False
    if len(taking.states) > 1:
        taking.states.pop()


def _characters(taking: _Taking, raw: bytes) -> Iterator[Word]:
    taking.is_opened = False
    if taking.pending:
        skipped = min(taking.pending, len(raw))
        taking.pending -= skipped
        raw = raw[skipped:]
    taking.raw += raw
    yield from ()


def _decoded(taking: _Taking) -> Iterator[Word]:
    if taking.raw:
        raw, taking.raw = bytes(taking.raw), bytearray()
        state = taking.states[-1]
        encoding = taking.fonts.get(taking.font, state.encoding) if not raw.isascii() else "ascii"
        if state.story == "fonts":
            return
        yield from _shown(taking, "", None, raw.decode(encoding, "replace"))


def _controlled(taking: _Taking, name: str, value: int | None) -> Iterator[Word]:
    if taking.is_opened or taking.is_optional:
        _destined(taking, name)
    taking.is_opened = taking.is_optional = False
    state = taking.states[-1]
    if name == "u" and value is not None:
        taking.pending = state.skip
        yield from _shown(taking, "", None, _character(value))
    elif name in _CHARACTERS:
        yield from _shown(taking, "", None, _CHARACTERS[name])
    elif not _changes(taking, state, name, value):
        yield from _shown(taking, name, value, "")


def _destined(taking: _Taking, name: str) -> None:
    """The first control word of a group says what the group is for."""
    state = taking.states[-1]
    story = _STORIES.get(name)
    if name in _DROPPED or (taking.is_optional and story is None and not _is_known(name)):
        taking.states[-1] = replace(state, is_dropped=True)
    elif story is not None:
        taking.groups += 1
        taking.states[-1] = replace(state, story=story, group=taking.groups)


def _is_known(name: str) -> bool:
    """Groups that programs mark as optional and that hold the document's own words."""
    return name in {"shpinst", "shp", "shptxt", "cs", "shpgrp", "fldrslt", "sp"}


def _changes(taking: _Taking, state: _State, name: str, value: int | None) -> bool:
    """Take in what changes the state and shows nothing."""
    if name in {"v", "deleted"}:
        taking.states[-1] = replace(state, is_hidden=value != 0)
    elif name in {"plain"}:
        taking.states[-1] = replace(state, is_hidden=False)
    elif name == "uc":
        taking.states[-1] = replace(state, skip=min(max(value or 0, 0), 16))
    elif name == "ansicpg":
        taking.states = [replace(each, encoding=_known(f"cp{value}")) for each in taking.states]
    elif name in {"f", "deff"}:
        taking.font = value or 0
    elif name == "fcharset" and state.story == "fonts":
        if value in _CHARSETS and value:
            taking.fonts[taking.font] = _CHARSETS[value]
    else:
        return False
    return True


def _shown(taking: _Taking, name: str, value: int | None, text: str) -> Iterator[Word]:
    state = taking.states[-1]
    is_silent = state.is_dropped or state.story in {"fonts", "info"}
    if not is_silent and (name or (text and not state.is_hidden)):
        yield Word(name, value, text, state.story, state.group)


def _character(value: int) -> str:
    code = value + 65_536 if value < 0 else value
    return chr(code) if 0 <= code < 0x110000 else ""


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"
