"""The parts of a Word file: found through their relationships, never through names from outside."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from gross.domain.errors import Refused
from gross.intake.archive import Entry, entries
from gross.intake.xml import Element, name, parse

# Strict documents differ from the others in the beginning of their namespaces, and there alone.
MAX_ROOT = 16_384  # bytes in which a root's namespaces stand; looking for them in the tree is slow
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = tuple(
    (_STRICT + room + b"/" + rest, b"http://schemas.openxmlformats.org/" + room + b"/2006/" + rest)
    for room, rest in (
        (b"wordprocessingml", b"main"),
        (b"officeDocument", b"relationships"),
        (b"officeDocument", b"math"),
        (b"drawingml", b"main"),
        (b"drawingml", b"diagram"),
    )
)


class Relation(NamedTuple):
    """What a part names outside itself. `target` is a part's name, or an address when external."""

    kind: str
    target: str
    is_external: bool


@dataclass(slots=True)
class Parts:
    """An opened file. `properties`: the part that holds its title.

    `known`: by part, what its paragraphs name instead of telling it; see `compact`. `stores`: the
    data that content controls are bound to, by the id that they give.
    """

    filename: str
    entries: dict[str, Entry]
    main: str = ""
    properties: str = ""
    relations: dict[str, dict[str, Relation]] = field(default_factory=dict)
    known: dict[str, dict[str, Element]] = field(default_factory=dict)
    stores: dict[str, list[Element]] = field(default_factory=dict)

    def content(self, part: str) -> bytes:
        """A part's bytes, none for a part that is not there."""
        entry = self.entries.get(part.casefold())
        return b"" if entry is None else entry.open()

    def tree(self, part: str, *, lighten: Callable[[bytes], bytes] = bytes) -> Element | None:
        """A part's XML; `lighten` may cut out what the caller never looks at."""
        content = self.content(part)
        if not content and part.casefold() not in self.entries:
            return None
        try:
            root = parse(self.filename, lighten(content))
        except Refused:
            root = parse(self.filename, content)
        is_strict = _STRICT in content[:MAX_ROOT] and _is_strict(root)
        return parse(self.filename, _transitional(root)) if is_strict else root

    def of(self, part: str) -> dict[str, Relation]:
        """The relations of a part by their ids."""
        if part not in self.relations:
            self.relations[part] = dict(self._read(part))
        return self.relations[part]

    def named(self, kind: str) -> list[str]:
        """The main part's related parts of a kind, in the file's order."""
        relations = self.of(self.main).values()
        return [each.target for each in relations if each.kind == kind and not each.is_external]

    def first(self, kind: str, *, lighten: Callable[[bytes], bytes] = bytes) -> Element | None:
        names = self.named(kind)
        return self.tree(names[0], lighten=lighten) if names else None

    def _read(self, part: str) -> Iterator[tuple[str, Relation]]:
        folder, file = posixpath.split(part)
        tree = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        for each in tree if tree is not None else ():
            if name(each) == "Relationship":
                kind = each.get("Type", "").rpartition("/")[2]
                target = each.get("Target", "")
                is_external = each.get("TargetMode") == "External"
                if not is_external:
                    target = _path(folder, target)
                yield each.get("Id", ""), Relation(kind, target, is_external)


def _path(folder: str, target: str) -> str:
    path = target if target.startswith("/") else posixpath.join(folder, target)
    is_plain = "/." not in path and "//" not in path and path[:1] not in "./"
    return path if is_plain else posixpath.normpath(path).lstrip("/")


def open_parts(filename: str, content: bytes) -> Parts:
    """Open a Word file.

    Raises:
        Refused: the archive is unsafe or damaged, or holds no Word document.
    """
    found = {entry.name.lstrip("/").casefold(): entry for entry in entries(content, filename)}
    parts = Parts(filename, found)
    root = {each.kind: each.target for each in reversed(parts.of("").values())}
    parts.main = root.get("officeDocument", "word/document.xml")
    parts.properties = root.get("core-properties", "")
    if parts.main.casefold() not in found:
        raise Refused(f"{filename} is damaged: it holds no Word document.")
    return parts


def _is_strict(root: Element) -> bool:
    return any(str(uri).startswith(_STRICT.decode()) for uri in root.nsmap.values())


def _transitional(root: Element) -> bytes:
    content: bytes = etree.tostring(root, encoding="utf-8")
    for strict, transitional in _TRANSITIONAL:
        content = content.replace(strict, transitional)
    return content
