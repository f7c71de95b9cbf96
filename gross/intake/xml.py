"""XML from outside: no entities, no network, no huge trees; and names without their namespaces."""

from __future__ import annotations

from typing import Any

from lxml import etree

from gross.domain.errors import Refused

# lxml ships no types; an element is named here so that signatures say what they take.
Element = Any


def parse(filename: str, content: bytes, *, may_recover: bool = False) -> Element:
    """Parse one part of a document.

    Raises:
        Refused: it is not well-formed XML, or declares entities of its own.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=may_recover,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(f"{filename} is damaged: a part of it is not well-formed XML.") from error
    if root is None:
        raise Refused(f"{filename} is damaged: a part of it is not well-formed XML.")
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(f"{filename} declares entities of its own, which no word processor does.")
    return root


def name(element: Element) -> str:
    """The tag without its namespace: transitional and strict documents differ in that alone."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, wanted: str) -> str:
    """The attribute of that name in whatever namespace, "" when there is none."""
    if element is None:
        return ""
    for key, value in element.items():
        if key.rpartition("}")[2] == wanted:
            return str(value)
    return ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of tag names."""
    for step in path:
        if element is None:
            return None
        element = next((each for each in element if name(each) == step), None)
    return element
