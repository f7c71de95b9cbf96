"""Terms that a text defines: “Restraint” means any method that ..."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from gross.analysis.language.parts import Component, Quoted

_SAYS = r"\s+(?:means|shall mean|refers to|is defined as|are defined as)\b"
_DEFINED = re.compile(
    rf"[“\"](?P<quoted>[^“”\"\n]{{2,60}})[”\"]{_SAYS}"
    rf"|(?:^|(?<=[.\n|)] ))(?P<plain>[A-Z][\w’'-]*(?:\s[\w’'-]+){{0,4}}?){_SAYS}",
    re.MULTILINE,
)


def _read(doc: Doc) -> Doc:
    found = []
    for match in _DEFINED.finditer(doc._.body):
        name = "quoted" if match["quoted"] else "plain"
        found.append(Quoted(match.start(name), match.end(name), match[name]))
    doc._.definitions = tuple(found)
    return doc


COMPONENT = Component("definitions", ("doc._.definitions",), ("doc._.body",), _read)
