"""Word's styles: which paragraphs are headings, titles or items, through all they rest on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gross.intake.xml import Element, attribute, child, name

MAX_CHAIN = 30  # styles may be based on one another in a circle
_HEADING = re.compile(r"^heading ?([1-9])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says. `heading`: 1 to 9, 0 for none. `list_depth` None: not said."""

    heading: int = 0
    is_title: bool = False
    is_contents: bool = False
    list_id: str = ""
    list_depth: int | None = None


def read_styles(root: Element | None) -> tuple[dict[str, Style], str]:
    """Give the paragraph styles by id, and the id of the default one."""
    if root is None:
        return {}, ""
    elements = {
        attribute(each, "styleId"): each
        for each in root
        if name(each) == "style" and attribute(each, "type") in {"paragraph", ""}
    }
    default = next(
        (key for key, each in elements.items() if _is_on(attribute(each, "default"))), ""
    )
    return {key: _style(elements, key) for key in elements}, default


def outline_level(properties: Element | None) -> int:
    """The heading depth that paragraph properties give by themselves, 0 for none."""
    written = attribute(child(properties, "outlineLvl"), "val")
    return int(written) + 1 if written.isdecimal() and len(written) == 1 and int(written) < 9 else 0


def list_of(properties: Element | None) -> tuple[str, int | None]:
    """The list that paragraph properties name: ("", None) says nothing, ("0", None) says none."""
    numbering = child(properties, "numPr")
    depth = attribute(child(numbering, "ilvl"), "val")
    return attribute(child(numbering, "numId"), "val"), int(depth) if depth in set(
        "012345678"
    ) else None


def _style(elements: dict[str, Element], key: str) -> Style:
    heading, is_title, is_contents, list_id, list_depth = 0, False, False, "", None
    for element in _chain(elements, key):
        shown = attribute(child(element, "name"), "val")
        named = _HEADING.match(shown)
        properties = child(element, "pPr")
        heading = heading or (int(named[1]) if named else outline_level(properties))
        is_title = is_title or shown.lower() == "title"
        is_contents = is_contents or shown.lower().startswith("toc ")
        own_list, own_depth = list_of(properties)
        list_id = list_id or own_list
        list_depth = own_depth if list_depth is None else list_depth
    return Style(heading, is_title, is_contents, list_id, list_depth)


def _chain(elements: dict[str, Element], key: str) -> list[Element]:
    chain: list[Element] = []
    while key in elements and len(chain) < MAX_CHAIN:
        chain.append(elements[key])
        key = attribute(child(elements[key], "basedOn"), "val")
    return chain


def _is_on(value: str) -> bool:
    return value in {"1", "true", "on"}
