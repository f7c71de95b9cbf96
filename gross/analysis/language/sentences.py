"""Each sentence once, as the tokens that are words or signs, for the components after it.

`doc.text` puts the text together from its tokens each time that it is asked for; so it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from gross.analysis.language.parts import Component, Sentence

_ENDS = frozenset((".", "!", "?", "...", "…"))
_CLOSING = frozenset(("”", '"', "’", "'", ")", "]"))


def _read(doc: Doc) -> Doc:
    doc._.body = doc.text
    doc._.sentences = tuple(
        Sentence(tokens[0].idx, tokens[-1].idx + len(tokens[-1]), tuple(tokens))
        for tokens in _sentences(doc)
    )
    return doc


def _sentences(doc: Doc) -> Iterator[list[Token]]:
    tokens: list[Token] = []
    ended = False
    for token in doc:
        text = token.text
        if ended and text not in _CLOSING and text not in _ENDS:
            yield tokens
            tokens, ended = [], False
        if not text.isspace():
            tokens.append(token)
            ended = ended or text in _ENDS
    if tokens:
        yield tokens


COMPONENT = Component("sentences", ("doc._.sentences", "doc._.body"), (), _read)
