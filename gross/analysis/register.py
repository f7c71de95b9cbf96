"""The library's policies by number and by title, to resolve what texts cite."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from gross.analysis.numbering import Key, number_key, scheme
from gross.analysis.types import Document

NEAREST = 3
NEAR_NUMBER = 75.0  # rapidfuzz ratio, 0 to 100
NEAR_TITLE = 60.0
SAME_TITLE = 90.0
BARE_SCHEME_POLICIES = 3  # numbers without letters look like sections: more of them make a scheme

_WORD = re.compile(r"[^\W_]+")
_KINDS = frozenset(
    (
        *("the", "a", "an", "of", "for", "and", "our", "hospital", "standard", "policy"),
        *("policies", "procedure", "procedures", "protocol", "protocols", "guideline"),
        "guidelines",
    )
)


def title_key(title: str) -> str:
    """Fold a title to its telling words."""
    return " ".join(word for word in _WORD.findall(title.lower()) if word not in _KINDS)


@dataclass(frozen=True, slots=True)
class Register:
    by_number: dict[Key, Document]  # where policies share a number, one in force
    by_title: dict[str, Document]
    schemes: Counter[Key]

    def uses(self, key: Key) -> bool:
        """Tell whether the library numbers its policies this way."""
        shape = scheme(key)
        return self.schemes[shape] >= (BARE_SCHEME_POLICIES if set(shape) == {"#"} else 1)

    def titled(self, title: str) -> Document | None:
        """The policy of that title; telling words may be missing on one side."""
        key = title_key(title)
        if key in self.by_title:
            return self.by_title[key]
        found = process.extractOne(
            key, self.by_title.keys(), scorer=fuzz.token_set_ratio, score_cutoff=SAME_TITLE
        )
        return self.by_title[found[0]] if found else None

    def nearest(self, key: Key, title: str) -> list[Document]:
        """The policies in force that may be meant, the likeliest first."""
        near: dict[int, tuple[float, Document]] = {}
        if key:
            near.update(
                _near(
                    " ".join(key), {" ".join(k): d for k, d in self.by_number.items()}, NEAR_NUMBER
                )
            )
        if title_key(title):
            near.update(_near(title_key(title), self.by_title, NEAR_TITLE))
        ranked = sorted(near.values(), key=lambda each: (-each[0], each[1].policy_id))
        return [document for _, document in ranked if not document.retired][:NEAREST]


def register(documents: Iterable[Document]) -> Register:
    by_number: dict[Key, Document] = {}
    by_title: dict[str, Document] = {}
    schemes: Counter[Key] = Counter()
    for document in sorted(documents, key=lambda each: (each.retired, each.policy_id)):
        key = number_key(document.number)
        if key:
            by_number.setdefault(key, document)
            schemes[scheme(key)] += 1
        if title_key(document.title):
            by_title.setdefault(title_key(document.title), document)
    return Register(by_number, by_title, schemes)


def _near(
    wanted: str, choices: dict[str, Document], least: float
) -> dict[int, tuple[float, Document]]:
    found = process.extract(
        wanted, choices.keys(), scorer=fuzz.ratio, limit=NEAREST, score_cutoff=least
    )
    return {choices[name].policy_id: (score, choices[name]) for name, score, _ in found}
