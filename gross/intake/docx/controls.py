"""Word's content controls: what they show is text, their prompts are not, bound ones are filled."""

from __future__ import annotations

import re

from gross.intake.docx.names import W, inner, is_on
from gross.intake.docx.parts import Parts
from gross.intake.xml import Element, attribute, name

MAX_VALUE = 20_000  # code points; a bound value of XML is a document of its own
_TEXT = W + "t"
_STEP = re.compile(r"/(?:[\w.-]+:)?([\w.-]+)(?:\[(\d{1,4})\])?")
_PATH = re.compile(r"(?:/(?:[\w.-]+:)?[\w.-]+(?:\[\d{1,4}\])?)+")
# The kinds whose stored value is not what they show: dates, codes of choices, pictures, boxes.
_OTHER = frozenset({"date", "dropDownList", "comboBox", "checkbox", "picture", "docPartList"})


def settle(root: Element, parts: Parts) -> None:
    """Empty the controls that only show their prompt, and fill those that are bound to data.

    Word fills a bound control each time it opens the file, whatever was saved in it.
    """
    for control in list(root.iter(W + "sdt")):
        properties, content = inner(control, "sdtPr"), inner(control, "sdtContent")
        if properties is None or content is None:
            continue
        bound = _bound(properties, parts)
        if bound:
            _fill(content, bound)
        elif is_on(inner(properties, "showingPlcHdr")) and _is_prompt(content):
            _fill(content, "")


def _is_prompt(content: Element) -> bool:
    """A prompt is set in a style of its own; programs that fill a control may forget the switch."""
    runs = (each.getparent() for each in content.iter(_TEXT))
    return all(inner(run, "rPr", "rStyle") is not None for run in runs)


def _fill(content: Element, shown: str) -> None:
    for each in list(content.iter(_TEXT)):
        each.text, shown = shown, ""


def _bound(properties: Element, parts: Parts) -> str:
    binding = inner(properties, "dataBinding")
    if binding is None or any(name(each) in _OTHER for each in properties):
        return ""
    path = binding.get(W + "xpath", "")
    item_id = binding.get(W + "storeItemID", "")
    if _PATH.fullmatch(path) and item_id not in parts.stores:
        parts.stores[item_id] = _stores(item_id, parts)
    for store in parts.stores[item_id] if _PATH.fullmatch(path) else ():
        found = _at(store, path)
        text = "".join(found.itertext()).strip() if found is not None else ""
        if text and len(text) <= MAX_VALUE and not text.startswith("<?xml"):
            return text
    return ""


def _stores(item_id: str, parts: Parts) -> list[Element]:
    """The data parts that a binding may mean: its own, else the file's properties."""
    for part in parts.named("customXml"):
        for each in parts.of(part).values():
            properties = parts.tree(each.target) if each.kind == "customXmlProps" else None
            if properties is not None and attribute(properties, "itemID") == item_id:
                return [tree for tree in [parts.tree(part)] if tree is not None]
    roots = [each for each in parts.of("").values() if each.kind.endswith("-properties")]
    trees = (parts.tree(each.target) for each in roots)
    return [tree for tree in trees if tree is not None]


def _at(root: Element, path: str) -> Element | None:
    """Follow a plain path; Word writes no other, and others could cost any time."""
    here: list[Element] = [root]
    found: Element | None = None
    for tag, position in _STEP.findall(path):
        matching = [each for each in here if name(each) == tag]
        n = int(position or 1) - 1
        if not 0 <= n < len(matching):
            return None
        found = matching[n]
        here = list(found)
    return found
