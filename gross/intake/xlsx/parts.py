"""The parts of an Excel file: its sheets in their order, found through their relationships."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from gross.domain.errors import Refused
from gross.intake.archive import entries
from gross.intake.docx.parts import Parts
from gross.intake.xml import Element, attribute, child, name

MAX_SHEETS = 500


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """`shared` and `styles` are the parts of those names, or None; dates count from 1904 in old
    workbooks of the Mac."""

    parts: Parts
    sheets: tuple[Sheet, ...]
    shared: Element | None
    styles: Element | None
    is_1904: bool


def open_book(filename: str, content: bytes) -> Book:
    """Open an Excel file.

    Raises:
        Refused: the archive is unsafe or damaged, or holds no workbook.
    """
    found = {entry.name.lstrip("/").casefold(): entry for entry in entries(content, filename)}
    parts = Parts(filename, found, "")
    main = next(_targets(parts, "", "officeDocument"), "xl/workbook.xml")
    tree = parts.tree(main)
    if tree is None or name(tree) != "workbook":
        raise Refused(f"{filename} is damaged: it holds no Excel workbook.")
    parts.properties = next(_targets(parts, "", "core-properties"), "")
    by_id = {each: path for each, _, path in _relations(parts, main)}
    sheets = tuple(_sheets(tree, by_id))
    if not sheets:
        raise Refused(f"{filename} is damaged: its workbook names no sheet.")
    shared, styles = (next(_targets(parts, main, kind), "") for kind in ("sharedStrings", "styles"))
    settings = child(tree, "workbookPr")
    return Book(
        parts,
        sheets,
        parts.tree(shared) if shared else None,
        parts.tree(styles) if styles else None,
        attribute(settings, "date1904") in {"1", "true"},
    )


def _sheets(tree: Element, by_id: dict[str, str]) -> list[Sheet]:
    listed = child(tree, "sheets")
    found = []
    for each in list(listed if listed is not None else ())[:MAX_SHEETS]:
        part = by_id.get(attribute_in(each, "relationships", "id"), "")
        hidden = attribute(each, "state") in {"hidden", "veryHidden"}
        if part:
            found.append(Sheet(attribute(each, "name") or "Sheet", part, hidden))
    return found


def attribute_in(element: Element, space: str, wanted: str) -> str:
    """The attribute of that name in the namespace that ends so: `id` is also a plain one."""
    for key, value in element.items():
        if key.endswith(f"{space}}}{wanted}"):
            return str(value)
    return ""


def _targets(parts: Parts, part: str, kind: str) -> Iterator[str]:
    return iter([path for _, found, path in _relations(parts, part) if found == kind])


def _relations(parts: Parts, part: str) -> list[tuple[str, str, str]]:
    """(id, kind, path) of what a part is related to."""
    folder, file = posixpath.split(part)
    tree = parts.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
    found = []
    for each in tree if tree is not None else ():
        if name(each) == "Relationship" and attribute(each, "TargetMode") != "External":
            target = attribute(each, "Target")
            path = target if target.startswith("/") else posixpath.join(folder, target)
            kind = attribute(each, "Type").rpartition("/")[2]
            found.append((attribute(each, "Id"), kind, posixpath.normpath(path).lstrip("/")))
    return found
