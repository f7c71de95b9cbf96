"""The parts of a Word file: found through their relationships, never through names from outside."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from gross.domain.errors import Refused
from gross.intake.archive import Entry, entries
from gross.intake.xml import Element, attribute, name, parse

MAX_HEADERS = 24  # a document has three kinds of each a section; more only repeat


@dataclass(slots=True)
class Parts:
    """An opened file. `properties`: the part that holds its title; `related`: the names of the
    main part's related parts, by kind."""

    filename: str
    entries: dict[str, Entry]
    main: str
    properties: str = ""
    related: dict[str, list[str]] = field(default_factory=dict)

    def tree(self, part: str) -> Element | None:
        entry = self.entries.get(part.casefold())
        return None if entry is None else parse(self.filename, entry.open())

    def first(self, kind: str) -> Element | None:
        names = self.related.get(kind, [])
        return self.tree(names[0]) if names else None

    def each(self, kind: str) -> list[Element]:
        trees = (self.tree(part) for part in self.related.get(kind, [])[:MAX_HEADERS])
        return [tree for tree in trees if tree is not None]


def open_parts(filename: str, content: bytes) -> Parts:
    """Open a Word file.

    Raises:
        Refused: the archive is unsafe or damaged, or holds no Word document.
    """
    found = {entry.name.lstrip("/").casefold(): entry for entry in entries(content, filename)}
    parts = Parts(filename, found, "")
    root = _relations(parts, "")
    main = root.get("officeDocument", ["word/document.xml"])[0]
    if main.casefold() not in found:
        raise Refused(f"{filename} is damaged: it holds no Word document.")
    parts.main = main
    parts.properties = next(iter(root.get("core-properties", [])), "")
    parts.related = _relations(parts, main)
    return parts


def _relations(parts: Parts, part: str) -> dict[str, list[str]]:
    folder, file = posixpath.split(part)
    tree = parts.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
    related: dict[str, list[str]] = {}
    for each in tree if tree is not None else ():
        if name(each) != "Relationship" or attribute(each, "TargetMode") == "External":
            continue
        kind = attribute(each, "Type").rpartition("/")[2]
        target = attribute(each, "Target")
        path = target if target.startswith("/") else posixpath.join(folder, target)
        related.setdefault(kind, []).append(posixpath.normpath(path).lstrip("/"))
    return related
