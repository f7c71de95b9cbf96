"""The pipeline: an English tokenizer and our components by name, in their order.

Nothing but a scan imports this module: spaCy takes seconds to import. There is no model in it, so
nothing is downloaded and the same words always give the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc

from gross.analysis.language import (
    approvals,
    citations,
    definitions,
    obligations,
    records,
    sentences,
    timings,
)
from gross.analysis.language.parts import Component

ALL: tuple[Component, ...] = (
    sentences.COMPONENT,
    timings.COMPONENT,
    obligations.COMPONENT,
    approvals.COMPONENT,
    records.COMPONENT,
    citations.COMPONENT,
    definitions.COMPONENT,
)


@cache
def pipeline() -> Language:
    language = English()
    for component in ALL:
        for attribute in component.assigns:
            Doc.set_extension(attribute.removeprefix("doc._."), default=(), force=True)
        Language.component(
            component.name,
            assigns=list(component.assigns),
            requires=list(component.requires),
            func=component.read,
        )
        language.add_pipe(component.name)
    return language


def read(texts: Iterable[str]) -> Iterator[Doc]:
    return iter(pipeline().pipe(texts))
