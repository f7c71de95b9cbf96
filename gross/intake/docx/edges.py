"""Word's page headers and footers: those that its sections show, in the order of the pages."""

from __future__ import annotations

from gross.intake.docx.names import R, W, inner, is_on
from gross.intake.docx.parts import Parts
from gross.intake.xml import Element

MAX_EDGES = 24  # a document has three kinds of each a section; more only repeat
_KINDS = {W + "headerReference": "header", W + "footerReference": "footer"}


def page_edges(parts: Parts, document: Element) -> tuple[list[str], list[str]]:
    """Give the header parts and the footer parts, each once; a section inherits what it lacks.

    Word keeps first and even headers that it no longer shows: a stale number may stand in them.
    """
    has_even = _has_even_pages(parts)
    relations = parts.of(parts.main)
    now: dict[tuple[str, str], str] = {}
    shown: dict[str, dict[str, None]] = {"header": {}, "footer": {}}
    for section in document.iter(W + "sectPr"):
        if section.getparent().tag == W + "sectPrChange":
            continue
        for each in section.iterchildren(*_KINDS):
            relation = relations.get(each.get(R + "id", ""))
            if relation:
                now[_KINDS[each.tag], each.get(W + "type", "default")] = relation.target
        first = ["first"] if is_on(inner(section, "titlePg")) else []
        pages = [*first, "default", *(["even"] if has_even else [])]
        for kind, found in shown.items():
            found |= dict.fromkeys(now[kind, page] for page in pages if (kind, page) in now)
    if not now:  # a file that some program wrote without sections
        return parts.named("header")[:MAX_EDGES], parts.named("footer")[:MAX_EDGES]
    return list(shown["header"])[:MAX_EDGES], list(shown["footer"])[:MAX_EDGES]


def _has_even_pages(parts: Parts) -> bool:
    part = next(iter(parts.named("settings")), "")
    if not part or b"evenAndOddHeaders" not in parts.content(part):
        return False
    return is_on(inner(parts.tree(part), "evenAndOddHeaders"))
