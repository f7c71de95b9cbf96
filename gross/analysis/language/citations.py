"""Law and standards that a sentence cites: 42 CFR 482.22, NFPA 101, USP <797>, PE.03.01.01."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from gross.analysis.language.parts import Component, Quoted

_CITED = re.compile(
    r"\b\d{1,2}\s+C\.?F\.?R\.?\s+(?:Parts?\s+)?§*\s*\d+(?:\.\d+)?(?:\([a-z0-9]+\))*"
    r"|\b\d{1,2}\s+U\.?S\.?C\.?\s+§*\s*\d+[\w-]*"
    r"|\b(?:NFPA|ASHRAE|ANSI|ISO|AAMI|CLSI|NIST)\s+[A-Z]{0,3}-?\d[\w.:/-]*(?<![.:])"
    r"|\bUSP\s*<?\d{2,4}>?"
    r"|\b(?:EC|LS|PE|NPG|NPSG|MM|PC|RI|HR|LD|IM|IC|EM|MS|PI|RC|TS|WT)\.\d{2}\.\d{2}\.\d{2}\b"
    r"|\bPub(?:lic|\.)\s+L(?:aw|\.)\s+(?:No\.\s+)?\d+-\d+",
)


def _read(doc: Doc) -> Doc:
    doc._.citations = tuple(
        Quoted(found.start(), found.end(), found[0]) for found in _CITED.finditer(doc._.body)
    )
    return doc


COMPONENT = Component("citations", ("doc._.citations",), ("doc._.body",), _read)
